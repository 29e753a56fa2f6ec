/** The dictionaries inside the opencc-js package are JavaScript without types: `key value|key value|…`. */
declare module 'opencc-js/dict/*' {
  const dictionary: string;
  export default dictionary;
}
