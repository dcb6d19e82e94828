/** JSX of React 19, which sets properties and listens to any event: `import type {} from 'ban-tin/react'`. */
import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type { BanTin, BanTinAttributes, BanTinEventMap } from './ban-tin.js';

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'ban-tin': Omit<DetailedHTMLProps<HTMLAttributes<BanTin>, BanTin>, keyof BanTinAttributes> &
        BanTinAttributes & {
          'onbantin:load'?: (event: BanTinEventMap['bantin:load']) => void;
          'onbantin:open'?: (event: BanTinEventMap['bantin:open']) => void;
          'onbantin:error'?: (event: BanTinEventMap['bantin:error']) => void;
        };
    }
  }
}
