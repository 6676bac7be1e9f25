import { useCallback, useEffect, useId, useLayoutEffect, useRef, useState, type ReactNode, type RefObject } from 'react';
import { createPortal } from 'react-dom';
import { useWords } from '../lib/words';
import { Button, cx } from './basic';

const FOCUSABLE = 'a[href], button:not([disabled]), input:not([disabled]), select, textarea, [tabindex]:not([tabindex="-1"])';

/** A modal window (or a drawer at the inline end) on the native dialog: focus stays inside, Escape closes, the rest is inert. */
export function Dialog({ open, onClose, title, children, kind = 'window', footer, wide = false }: { open: boolean; onClose(): void; title: string; children: ReactNode; kind?: 'window' | 'drawer'; footer?: ReactNode; wide?: boolean }) {
  const { t } = useWords();
  const ref = useRef<HTMLDialogElement>(null);
  const back = useRef<HTMLElement | null>(null);
  const heading = useId();
  useEffect(() => {
    const it = ref.current;
    if (!it || !open) return;
    if (!it.contains(document.activeElement)) back.current = document.activeElement as HTMLElement | null;
    if (!it.open) {
      it.showModal();
      it.querySelector<HTMLElement>('[data-autofocus]')?.focus();
    }
    // The dialog leaves the page when it closes, so the browser cannot give the focus back by itself.
    return () => {
      if (back.current?.isConnected) back.current.focus({ preventScroll: true });
    };
  }, [open]);
  if (!open) return null;
  return createPortal(
    <dialog
      ref={ref}
      className={cx('dialog', kind, wide && 'wide')}
      aria-labelledby={heading}
      onClose={onClose}
      onCancel={(event) => { event.preventDefault(); onClose(); }}
      onClick={(event) => event.target === ref.current && onClose()}
    >
      <div className="dialog-inner">
        <header>
          <h2 id={heading}>{title}</h2>
          <Button kind="quiet" icon="close" iconOnly onClick={onClose}>{t('close')}</Button>
        </header>
        <div className="dialog-body">{children}</div>
        {footer && <footer className="actions">{footer}</footer>}
      </div>
    </dialog>,
    document.body,
  );
}

export const Drawer = (props: Omit<Parameters<typeof Dialog>[0], 'kind'>) => <Dialog {...props} kind="drawer" />;

export interface PopoverProps {
  anchor: RefObject<Element | null>;
  open: boolean;
  onClose(): void;
  label: string;
  children: ReactNode;
  wide?: boolean;
}

/** A small window beside what opened it. Not modal; Escape, a click outside or leaving it by Tab closes it, and focus goes back. */
export function Popover({ anchor, open, onClose, label, children, wide = false }: PopoverProps) {
  const ref = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState<{ left: number; top: number; below: boolean } | null>(null);
  const close = useRef(onClose);
  close.current = onClose;

  const arrange = useCallback(() => {
    const box = ref.current;
    const from = anchor.current?.getBoundingClientRect();
    if (!box || !from) return;
    const { offsetWidth: width, offsetHeight: height } = box;
    const rtl = document.documentElement.dir === 'rtl';
    const left = Math.max(8, Math.min(rtl ? from.right - width : from.left, document.documentElement.clientWidth - width - 8));
    const below = from.bottom + height + 12 < innerHeight || from.top < innerHeight - from.bottom;
    const top = below ? Math.min(from.bottom + 6, Math.max(8, innerHeight - height - 8)) : Math.max(8, from.top - height - 6);
    setAt({ left: left + scrollX, top: top + scrollY, below });
  }, [anchor]);

  useLayoutEffect(() => {
    if (!open) return;
    arrange();
    const box = ref.current;
    const size = new ResizeObserver(arrange);
    if (box) size.observe(box);
    addEventListener('resize', arrange);
    return () => {
      size.disconnect();
      removeEventListener('resize', arrange);
    };
  }, [open, arrange]);

  useEffect(() => {
    if (!open) return;
    const back = document.activeElement as HTMLElement | null;
    const box = ref.current;
    const first = box?.querySelector<HTMLElement>('[data-autofocus]') ?? box?.querySelector<HTMLElement>(FOCUSABLE) ?? box;
    first?.focus({ preventScroll: true });
    const outside = (event: Event) => {
      const target = event.target as Node;
      if (!box?.contains(target) && !anchor.current?.contains(target)) close.current();
    };
    const keys = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      event.preventDefault();
      close.current();
    };
    document.addEventListener('pointerdown', outside);
    document.addEventListener('focusin', outside);
    document.addEventListener('keydown', keys, true);
    return () => {
      document.removeEventListener('pointerdown', outside);
      document.removeEventListener('focusin', outside);
      document.removeEventListener('keydown', keys, true);
      if (!document.activeElement || document.activeElement === document.body || box?.contains(document.activeElement)) back?.focus?.({ preventScroll: true });
    };
  }, [open, anchor]);

  if (!open) return null;
  return createPortal(
    <div ref={ref} className={cx('popover', wide && 'wide')} role="dialog" aria-label={label} tabIndex={-1} style={at ? { left: at.left, top: at.top } : { opacity: 0 }}>
      {children}
    </div>,
    document.body,
  );
}

/** A button that opens a popover. `children` gets `close`. */
export function PopoverButton({ label, button, children, className, wide = false, title }: { label: string; button: ReactNode; children: (close: () => void) => ReactNode; className?: string; wide?: boolean; title?: string }) {
  const anchor = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const close = useCallback(() => setOpen(false), []);
  return (
    <>
      <button ref={anchor} type="button" className={className ?? 'button plain'} aria-haspopup="dialog" aria-expanded={open} onClick={() => setOpen(!open)} title={title}>
        {button}
      </button>
      <Popover anchor={anchor} open={open} onClose={close} label={label} wide={wide}>
        {open && children(close)}
      </Popover>
    </>
  );
}

/** A list of links or actions behind a button. */
export function MenuButton({ label, button, items, className }: { label: string; button: ReactNode; className?: string; items: ({ text: string; href: string; download?: boolean; current?: boolean } | { text: string; run(): void; current?: boolean })[] }) {
  return (
    <PopoverButton label={label} button={button} {...(className ? { className } : {})}>
      {(close) => (
        <ul className="menu">
          {items.map((item) => (
            <li key={item.text}>
              {'href' in item ? (
                <a href={item.href} {...(item.download ? { download: '' } : { target: '_blank', rel: 'noopener' })} onClick={close}>{item.text}</a>
              ) : (
                <button type="button" aria-current={item.current || undefined} onClick={() => { close(); item.run(); }}>{item.text}</button>
              )}
            </li>
          ))}
        </ul>
      )}
    </PopoverButton>
  );
}
