import { Button } from './button';

/** The button in the footer of a dialog that is only to be read, or whose changes take effect at once. */
export function CloseButton({ onClose }: { onClose(): void }) {
  return (
    <Button look="primary" onClick={onClose}>
      Close
    </Button>
  );
}
