import { Component, createElement, type ComponentType, type FunctionComponent } from "preact";

/** Draws a component again only if one of its properties is another. */
export function memo<P extends object>(inner: FunctionComponent<P>): ComponentType<P> {
  return class extends Component<P> {
    override shouldComponentUpdate(next: Readonly<P>): boolean {
      const keys = Object.keys(next) as (keyof P)[];
      return keys.some((key) => next[key] !== this.props[key]);
    }

    override render() {
      return createElement(inner, this.props as P);
    }
  };
}
