/** Templates of Vue 3: `import type {} from 'ban-tin/vue'`. */
import type { DefineComponent } from 'vue';
import type { BanTinAttributes, BanTinEventMap } from './ban-tin.js';

declare module 'vue' {
  interface GlobalComponents {
    'ban-tin': DefineComponent<
      BanTinAttributes & {
        'onBantin:load'?: (event: BanTinEventMap['bantin:load']) => void;
        'onBantin:open'?: (event: BanTinEventMap['bantin:open']) => void;
        'onBantin:error'?: (event: BanTinEventMap['bantin:error']) => void;
      }
    >;
  }
}
