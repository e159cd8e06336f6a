import { mount } from "svelte";

import App from "./App.svelte";
import "./app.css";
import { connect } from "./lib/backend";

const target = document.getElementById("app");
if (target === null) throw new Error("index.html has no element #app");

export default mount(App, { target, props: { backend: connect() } });
