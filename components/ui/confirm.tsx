'use client';
import { Button } from './button';
import { Dialog } from './dialog';

interface ConfirmProps {
  title: string;
  text: string;
  /** The words on the button that does it. */
  action: string;
  onConfirm(): void;
  onClose(): void;
}

/** Asks before something that cannot be undone, or that removes more than its name says. */
export function Confirm({ title, text, action, onConfirm, onClose }: ConfirmProps) {
  return (
    <Dialog
      title={title}
      onClose={onClose}
      footer={
        <>
          <Button autoFocus onClick={onClose}>
            Cancel
          </Button>
          <Button
            look="danger"
            onClick={() => {
              onConfirm();
              onClose();
            }}
          >
            {action}
          </Button>
        </>
      }
    >
      <p className="text-sm text-ink-2">{text}</p>
    </Dialog>
  );
}
