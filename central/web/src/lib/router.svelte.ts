// The current route, kept in the address bar. Filters replace the history entry, rooms and selections push one.
import { formatRoute, parseRoute, type Query, type Route } from './url'

class Router {
    route = $state.raw<Route>(parseRoute(location.pathname, location.search))
    fragment = $state(location.hash.slice(1))

    constructor() {
        addEventListener('popstate', () => this.read())
        addEventListener('hashchange', () => this.read())
        document.addEventListener('click', (event) => this.followLink(event))
    }

    get path(): string {
        return this.route.path
    }
    get query(): Query {
        return this.route.query
    }

    go(path: string, query: Query = {}, options: { replace?: boolean } = {}): void {
        const url = formatRoute({ path, query })
        if (url === location.pathname + location.search && !location.hash) return
        if (options.replace) history.replaceState(null, '', url)
        else history.pushState(null, '', url)
        this.read()
    }

    /** Changes some members of the query; an empty text removes one. */
    set(changes: Query, options: { push?: boolean } = {}): void {
        this.go(this.path, { ...this.query, ...changes }, { replace: !options.push })
    }

    private read(): void {
        this.route = parseRoute(location.pathname, location.search)
        this.fragment = location.hash.slice(1)
    }

    private followLink(event: MouseEvent): void {
        if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return
        const link = (event.target as Element | null)?.closest('a')
        if (!link || link.target || link.origin !== location.origin || link.hasAttribute('download')) return
        if (/^\/(api|tiles|basemap)\//.test(link.pathname)) return
        event.preventDefault()
        this.go(link.pathname, Object.fromEntries(new URLSearchParams(link.search)))
    }
}

export const router = new Router()
