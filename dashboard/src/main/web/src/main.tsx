import { render } from "preact";
import { App } from "./views/App";
import { routeLinks } from "./model/router";
import { tick } from "./model/store";
import "uplot/dist/uPlot.min.css";
import "./style/base.css";
import "./style/live.css";
import "./style/call.css";
import "./style/wall.css";

routeLinks();
setInterval(tick, 1000);
render(<App />, document.getElementById("app")!);
