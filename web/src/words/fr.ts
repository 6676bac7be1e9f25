const files = import.meta.glob<string>('../../../locales/fr/{terms,web,pages}.ftl', { eager: true, query: '?raw', import: 'default' });
export default Object.values(files);
