/** The element <ban-tin>: news of a Bản Tin portal, or of any JSON Feed, in another page. */

export type Layout = 'list' | 'cards' | 'headline' | 'ticker' | 'calendar' | 'stats' | 'card' | 'article';
export type Open = 'portal' | 'new' | 'here';
export type Theme = 'auto' | 'light' | 'dark';
export type Lang = 'vi' | 'en';

/** Why a source could not be shown. */
export type Reason =
  | 'offline'
  | 'unreachable'
  | 'timeout'
  | 'not-found'
  | 'refused'
  | 'too-large'
  | 'damaged'
  | 'other-version'
  | 'blocked'
  | 'broken';

/** A list is shown. */
export interface LoadDetail {
  /** Articles that are shown. */
  count: number;
  sources: { src: string; title: string; count: number }[];
}

/** An article is about to open. */
export interface OpenDetail {
  url: string;
  slug: string;
  title: string;
  /** The address of its source, as in `src`. */
  source: string;
}

/** A source could not be shown. */
export interface ErrorDetail {
  source: string;
  reason: Reason;
}

/** Events bubble and leave shadow roots. */
export interface BanTinEventMap extends HTMLElementEventMap {
  'bantin:load': CustomEvent<LoadDetail>;
  /** Cancelable: `preventDefault()` leaves the article to the page. */
  'bantin:open': CustomEvent<OpenDetail>;
  'bantin:error': CustomEvent<ErrorDetail>;
}

/** What may be written on the element. Each has a property of the same name. */
export interface BanTinAttributes {
  /** Whole addresses of portals and feeds, separated by spaces, at most 10. Empty: the portal of the script. */
  src?: string;
  /** One article, for the layouts `card`, `article` and `headline`: its slug, or in a feed its whole address. */
  article?: string;
  /** Only articles of the category with this slug. */
  category?: string;
  /** Only articles with these words. */
  query?: string;
  /** The first day: `2021-09-01` or `01/09/2021`. */
  from?: string;
  /** The last day. */
  to?: string;
  /** Most articles, 1 to 50; else 5. */
  limit?: number | string;
  layout?: Layout;
  /** Where an article opens. */
  open?: Open;
  theme?: Theme;
  /** The language of the element's own words. */
  lang?: Lang;
  /** What stands above the list; an empty text: nothing. */
  heading?: string;
  /** Asks again after so many minutes, 1 to 1440; else never. */
  refresh?: number | string;
}

/** Only a type: the class is no export, and the element is made as any other. */
declare class BanTin extends HTMLElement {
  src: string;
  article: string;
  category: string;
  query: string;
  from: string;
  to: string;
  limit: number;
  layout: Layout;
  open: Open;
  theme: Theme;
  lang: Lang;
  heading: string;
  refresh: number;

  addEventListener<K extends keyof BanTinEventMap>(
    type: K,
    listener: (this: BanTin, event: BanTinEventMap[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
  removeEventListener<K extends keyof BanTinEventMap>(
    type: K,
    listener: (this: BanTin, event: BanTinEventMap[K]) => unknown,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | EventListenerOptions,
  ): void;
}
export type { BanTin };

declare global {
  interface HTMLElementTagNameMap {
    'ban-tin': BanTin;
  }
}
