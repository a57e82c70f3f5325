/** The pointing hand of old printers: the host, and nothing else. */
export function Manicule() {
  return (
    <svg className="manicule" viewBox="0 0 34 20" aria-hidden="true">
      <path d="M.8 4.1 5.6 3.3v14.2L.8 16.8Z" />
      <path d="M7 4.9c2.3-.7 4.2-2 6-3.7.9-.8 2.7-.6 2.6.9-.1 1.2-.9 2.3-1.7 3.3h15.6c1.5 0 2.3.8 2.3 1.8s-.8 1.8-2.3 1.8h-9.1c.9.3 1.2 1 1 1.7-.2.7-.8 1.1-1.6 1.2.8.3 1 1 .8 1.7-.2.6-.8 1-1.6 1 .5.4.6 1 .3 1.6-.3.6-1 .9-1.8.9H11c-1.5 0-2.8-.4-4-1Z" />
      <path className="cut" d="M14.5 9.1h6M15 12h4.6M15 14.7h3.4" />
    </svg>
  );
}

const STAR = 'M0-4.6v9.2M-4-2.3l8 4.6M-4 2.3l8-4.6';

/** Three stars: a scene break in the text, and the sign of an empty place. */
export function Asterism() {
  return (
    <svg className="asterism" viewBox="0 0 44 22" aria-hidden="true">
      <path d={STAR} transform="translate(22 5.5)" />
      <path d={STAR} transform="translate(11 16)" />
      <path d={STAR} transform="translate(33 16)" />
    </svg>
  );
}
