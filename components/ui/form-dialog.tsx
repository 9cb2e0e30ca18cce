'use client';
import { useId, type ReactNode } from 'react';
import { Button } from './button';
import { Dialog } from './dialog';

interface FormDialogProps {
  title: string;
  description?: string | undefined;
  size?: 'lg';
  /** A link to the page that explains it. */
  help?: ReactNode;
  /** The word on the button that takes what was filled in. */
  action: string;
  /** Whether there is nothing to take yet. */
  disabled?: boolean;
  onCancel(): void;
  onSubmit(): void;
  children: ReactNode;
}

/** A dialog that is a form: taken by its button or by Enter, left by Cancel or by Escape. */
export function FormDialog(props: FormDialogProps) {
  const { title, description, size, help, action, disabled = false, onCancel, onSubmit, children } = props;
  const form = useId();
  return (
    <Dialog
      title={title}
      {...(description === undefined ? {} : { description })}
      {...(size === undefined ? {} : { size })}
      help={help}
      onClose={onCancel}
      footer={
        <>
          <Button onClick={onCancel}>Cancel</Button>
          <Button look="primary" type="submit" form={form} disabled={disabled}>
            {action}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className="space-y-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (!disabled) onSubmit();
        }}
      >
        {children}
      </form>
    </Dialog>
  );
}
