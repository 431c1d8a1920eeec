// Shows by itself what changes, as long as the page is open. Without this the page reloads itself every fifteen seconds.
(() => {
    'use strict';
    const LONGEST_PAUSE = 30000;
    const path = location.pathname.replace(/\/$/, '');
    const root = document.documentElement;
    const live = document.getElementById('changes');
    let pause = 1000;
    let shown = '';
    let latest = '';
    let source;

    const states = () => {
        const found = new Map();
        document.querySelectorAll('[data-application],[data-verifier],[data-endpoint]').forEach(it => found.set(
            it.dataset.application || it.dataset.verifier || it.dataset.endpoint,
            {state: it.dataset.state, text: it.dataset.said || ''}));
        return found;
    };

    const key = element => element && (element.id
        || element.closest('[data-application]')?.dataset.application
        || element.closest('[data-endpoint]')?.dataset.endpoint);

    const show = async revision => {
        const answer = await fetch(path + '/content' + location.search, {cache: 'no-store', credentials: 'same-origin'});
        if (answer.status === 404 || answer.status === 410) {
            location.reload();
            return;
        }
        if (!answer.ok) {
            throw new Error('HTTP ' + answer.status);
        }
        const before = states();
        const opened = [...document.querySelectorAll('main details[open][id]')].map(it => it.id);
        const focused = key(document.activeElement);
        const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('main');
        if (!fresh) {
            return;
        }
        document.querySelector('main').replaceWith(document.importNode(fresh, true));
        shown = revision;
        opened.forEach(id => document.getElementById(id)?.setAttribute('open', ''));
        if (focused) {
            const again = document.getElementById(focused)
                || document.querySelector('[data-application="' + CSS.escape(focused) + '"] a, [data-application="' + CSS.escape(focused) + '"] summary');
            again?.focus({preventScroll: true});
        }
        const said = [];
        states().forEach((now, name) => {
            if (before.get(name)?.state !== now.state && now.text) {
                said.push(now.text);
            }
        });
        if (live && said.length) {
            live.textContent = said.join(' ');
        }
    };

    // A server that has just been started, or has too much to do, is asked again.
    const showSoon = revision => show(revision).catch(() => {
        setTimeout(() => { if (latest === revision && shown !== revision) { showSoon(revision); } }, 5000);
    });

    const connected = yes => {
        root.toggleAttribute('data-disconnected', !yes);
        const notice = document.getElementById('disconnected');
        if (notice) {
            notice.hidden = yes;
        }
    };

    const connect = () => {
        source = new EventSource(path + '/events');
        source.addEventListener('open', () => {
            pause = 1000;
            connected(true);
        });
        source.addEventListener('changed', event => {
            latest = event.data;
            if (latest !== shown) {
                showSoon(latest);
            }
        });
        source.addEventListener('ended', () => {
            source.close();
            location.reload();
        });
        source.addEventListener('error', () => {
            source.close();
            connected(false);
            // Where streams are refused and pages are not, what is shown is a little later than elsewhere.
            if (pause >= LONGEST_PAUSE / 4) {
                show('').catch(() => {});
            }
            setTimeout(connect, pause + Math.random() * 1000);
            pause = Math.min(pause * 2, LONGEST_PAUSE);
        });
    };

    shown = root.dataset.revision || '';
    document.querySelectorAll('[data-copy]').forEach(button => { button.hidden = !navigator.clipboard; });
    document.addEventListener('click', event => {
        const button = event.target.closest('[data-copy]');
        const text = button && document.getElementById(button.dataset.copy);
        if (text && navigator.clipboard) {
            navigator.clipboard.writeText(text.textContent.trim()).then(() => { live.textContent = button.dataset.copied || ''; });
        }
        if (event.target.closest('[data-print]')) {
            window.print();
        }
    });
    addEventListener('pagehide', () => source?.close());
    connect();
})();
