import { Heart } from 'lucide-react';
import { Face, whoStyle } from '#components/ui/face.tsx';
import { Icon } from '#components/ui/icon.tsx';
import { Manicule } from '#components/ui/ornaments.tsx';

/**
 * A page with notes in its margin, drawn with the parts of the real one. What stands beside a line is an absolutely
 * placed child of that line without a `top`: it keeps the line's height, so that nothing has to be measured.
 */
export function Picture() {
  return (
    <figure
      className="picture"
      role="img"
      aria-label="A page of a story. Faces stand beside its lines, notes in its margin."
    >
      <div className="leafpage" aria-hidden="true">
        <div className="prose lf-text">
          <p>
            He had counted every night for 31 years. Two hundred and six under glass, in the order in which a person
            would meet them coming in from the street:{' '}
            <span className="spot">
              <Face initials="T" ink="--p-moss" />
            </span>
            <span className="note" style={whoStyle('--p-bottle')}>
              <span className="lf-by">
                <b className="who">Anneli Saar</b> <span className="ink verdigris">Noticed</span>
              </span>
              Vain ferns. I’m in.
            </span>
            <mark className="hl verdigris">the tree ferns first, who were vain and liked to be early;</mark> then the
            citrus; then the figs along the warm wall;{' '}
            <span className="spot host">
              <Face initials="M" ink="--p-umber" ring />
              <Manicule />
            </span>
            <span className="at-host">
              and last of all, in the octagon at the far end,{' '}
              <span className="note is-open saffron" style={whoStyle('--p-plum')}>
                <span className="lf-by">
                  <b className="who">Yusra Haddad</b> <span className="caption">19:31</span>
                </span>
                Best line so far, and it’s hiding in a list.
                <span className="sorts">
                  <span className="sort mine">
                    <Icon of={Heart} /> 5
                  </span>
                  <span className="sort">
                    <span className="g">!</span> 2
                  </span>
                </span>
              </span>
              <span className="lf-leader" />
              <mark className="hl saffron is-chosen">the pear that nobody had planted.</mark>
            </span>
          </p>
          <p>
            <span className="spot">
              <Face initials="K" ink="--p-petrol" />
            </span>
            Tonight it took him twenty minutes, because at the end of it there were two hundred and seven.
          </p>
          <p>
            He went back to the street door and began again. Ferns, citrus, figs. A glasshouse is an honest building; it
            has nowhere to put a thing it does not want you to see.
          </p>
        </div>
      </div>
    </figure>
  );
}
