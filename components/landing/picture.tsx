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
            There is a board for such things, twelve feet of larch with a rope through the end, and it hung on the wall
            of the boathouse under the oars.{' '}
            <span className="spot">
              <Face initials="J" ink="--p-moss" />
            </span>
            <span className="note" style={whoStyle('--p-bottle')}>
              <span className="lf-by">
                <b className="who">Bram Osei</b> <span className="ink verdigris">Noticed</span>
              </span>
              Four. I would have run.
            </span>
            <mark className="hl verdigris">It took Odile four minutes to fetch it.</mark> When she came back the woman
            had sat down on her suitcase,{' '}
            <span className="spot host">
              <Face initials="R" ink="--p-umber" ring />
              <Manicule />
            </span>
            <span className="at-host">
              which stood upon the mud{' '}
              <span className="note is-open saffron" style={whoStyle('--p-plum')}>
                <span className="lf-by">
                  <b className="who">Akiko Mori</b> <span className="caption">19:31</span>
                </span>
                Best line so far, and nobody sinks in it.
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
              <mark className="hl saffron is-chosen">as a cup stands on a table.</mark>
            </span>
          </p>
          <p>
            <span className="spot">
              <Face initials="P" ink="--p-petrol" />
            </span>
            “They are very clear,” she said, of the stars. “Is it always like this?”
          </p>
          <p>
            “It is when the wind has gone round.” Odile slid the board out. It left a long wet mark, the way boards do.
            Behind the woman there were no footprints at all.
          </p>
        </div>
      </div>
    </figure>
  );
}
