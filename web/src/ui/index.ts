export * from './basic';
export * from './icons';
export * from './overlay';
export * from './table';
export * from './toasts';
