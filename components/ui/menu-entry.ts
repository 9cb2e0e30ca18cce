import type { LucideIcon } from 'lucide-react';
import type { ButtonHTMLAttributes, ReactElement } from 'react';

/** The entries of a menu, as data. */
export type MenuEntry =
  | {
      readonly kind: 'action';
      readonly label: string;
      readonly icon?: LucideIcon;
      readonly danger?: boolean;
      readonly disabled?: boolean;
      run(): void;
    }
  | {
      readonly kind: 'choice';
      readonly heading: string;
      readonly chosen: string;
      readonly options: readonly { readonly value: string; readonly label: string; readonly detail?: string }[];
      choose(value: string): void;
    }
  | { readonly kind: 'line' };

export interface ActionMenuProps {
  entries: readonly MenuEntry[];
  align: 'start' | 'end';
  /** The button that opens it. */
  children: ReactElement<ButtonAttributes>;
}

export type ButtonAttributes = ButtonHTMLAttributes<HTMLButtonElement>;
