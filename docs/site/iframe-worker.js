/* SPDX-License-Identifier: BSL-1.0 */
/* Browsers start no worker for a page of the file system; there one runs in a hidden frame, so that the search works. */
if (location.protocol === "file:") {
    window.Worker = class extends EventTarget {
        constructor(url) {
            super();
            const frame = document.createElement("iframe");
            frame.hidden = true;
            document.body.append(frame);
            const inside = frame.contentWindow;
            inside.postMessage = (data) => {
                const event = new MessageEvent("message", { data });
                this.dispatchEvent(event);
                if (this.onmessage) this.onmessage(event);
            };
            this.inside = inside;
            this.ready = new Promise((done) => {
                const script = frame.contentDocument.createElement("script");
                script.src = new URL(url, location.href).href;
                script.onload = done;
                frame.contentDocument.body.append(script);
            });
        }

        postMessage(data) {
            this.ready.then(() => this.inside.dispatchEvent(new this.inside.MessageEvent("message", { data })));
        }

        terminate() {}
    };
}
