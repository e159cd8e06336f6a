import { mount } from "svelte";

import Start from "./Start.svelte";
import "./app.css";
import { connect } from "./lib/backend";

const target = document.getElementById("app");
if (target === null) throw new Error("index.html has no element #app");

export default mount(Start, { target, props: { backend: connect() } });
