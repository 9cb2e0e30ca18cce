/** Downloads a file under a name that any file system accepts. */
export function download(content: Blob | string, name: string): void {
  const blob = typeof content === 'string' ? new Blob([content], { type: 'application/json' }) : content;
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name.replace(/[^\p{L}\p{N}._ -]+/gu, '-').slice(0, 120);
  document.body.append(link);
  link.click();
  link.remove();
  // The browser needs the address for a moment after the click.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
