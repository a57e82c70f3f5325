/** Says, after a second, that what was opened is on its way. */
export function Coming() {
  return (
    <p className="coming slip quiet" role="status">
      Opening…
    </p>
  );
}
