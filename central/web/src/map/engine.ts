// The map itself: OpenLayers for the ground, an own canvas over it for couriers and tracks. Owned by the map room;
// everything the room wants of the map goes through here.
import OlMap from 'ol/Map'
import View from 'ol/View'
import { ScaleLine } from 'ol/control'
import { defaults as interactions } from 'ol/interaction/defaults'
import type VectorTileLayer from 'ol/layer/VectorTile'
import type MapBrowserEvent from 'ol/MapBrowserEvent'
import { fromLonLat, toLonLat, transformExtent } from 'ol/proj'
import type { MapInfo } from '../api/types'
import type { Bbox } from '../lib/bbox'
import type { CourierNow } from '../lib/couriers'
import type { Viewport } from '../lib/url'
import { BaseLayers, type MapLang } from './base_layers'
import type { Point } from './geo'
import { Obstacles } from './obstacles'
import { paintScene, type Target, type View as PaintView } from './painter'
import { readPalette, type Palette } from './palette'
import { Scene } from './scene'
import { streetLayer, streetStyle } from './streets'
import type { DecodedTrack, Moment } from './track'
import { paintMark, paintMoment, paintTrack } from './track_painter'

export interface EngineEvents {
    select(id: string): void
    hover(id: string | null): void
    moved(viewport: Viewport, bbox: Bbox): void
    followEnded(): void
}

export interface ShownTrack {
    track: DecodedTrack
    untilMs: number // Infinity: all of it is past
    moment: Moment | null
    marks: Point[]
}

type Padding = [top: number, right: number, bottom: number, left: number]

const leastZoom = 3
const mostZoom = 19
const frameMs = 33

export class MapEngine {
    private map: OlMap
    private base = new BaseLayers()
    private streets: VectorTileLayer | null = null
    private canvas = document.createElement('canvas')
    private palette: Palette
    private scene = new Scene()
    private obstacles = new Obstacles()
    private targets: Target[] = []
    private hovered: string | null = null
    private followed: string | null = null
    private track: ShownTrack | null = null
    private padding: Padding = [60, 60, 60, 60]
    private timer = 0
    private resized: ResizeObserver
    private glide = !matchMedia('(prefers-reduced-motion: reduce)').matches

    constructor(
        private host: HTMLElement,
        private events: EngineEvents,
        private clock: () => number,
        private ageText: (ms: number) => string,
        start: Viewport,
    ) {
        this.palette = readPalette()
        this.map = new OlMap({
            target: host,
            controls: [new ScaleLine({ minWidth: 80 })],
            interactions: interactions({ altShiftDragRotate: false, pinchRotate: false }),
            layers: [this.base.world, this.base.region, this.base.towns, this.obstacles.layer],
            view: new View({
                center: fromLonLat([start.lon, start.lat]),
                zoom: start.zoom,
                minZoom: leastZoom,
                maxZoom: mostZoom,
                enableRotation: false,
            }),
        })
        this.canvas.className = 'couriers'
        this.canvas.setAttribute('aria-hidden', 'true')
        host.append(this.canvas)
        this.listen()
        this.resized = new ResizeObserver(() => this.map.updateSize())
        this.resized.observe(host)
    }

    destroy(): void {
        cancelAnimationFrame(this.timer)
        this.resized.disconnect()
        this.map.setTarget(undefined)
        this.canvas.remove()
    }

    async loadGround(): Promise<void> {
        await this.base.loadWorld()
        await this.base.loadRegionInSight(this.map)
    }

    useStreets(tiles: NonNullable<MapInfo['tiles']>, lang: MapLang): void {
        this.streets = streetLayer(tiles)
        this.streets.setStyle(streetStyle(this.palette, lang))
        this.map.addLayer(this.streets)
    }

    restyle(lang: MapLang): void {
        this.palette = readPalette()
        this.host.style.background = this.palette.sea
        this.base.restyle(this.palette, lang)
        this.streets?.setStyle(streetStyle(this.palette, lang))
        this.draw()
    }

    setCouriers(couriers: Iterable<CourierNow>): void {
        this.scene.update(couriers, performance.now(), this.glide)
        this.keepFollowing()
        this.clearNames()
        this.draw()
    }

    select(id: string | null): void {
        this.scene.select(id)
        this.draw()
    }

    hover(id: string | null): void {
        if (this.hovered === id) return
        this.hovered = id
        this.draw()
    }

    follow(id: string | null): void {
        this.followed = id
        this.keepFollowing()
    }

    showTrack(track: ShownTrack | null): void {
        this.track = track
        this.draw()
    }

    setPadding(padding: Padding): void {
        this.padding = padding
    }

    zoomBy(steps: number): void {
        const view = this.map.getView()
        view.animate({ zoom: Math.round((view.getZoom() ?? 10) + steps), duration: this.glide ? 200 : 0 })
    }

    centerOn(id: string, zoom: number): void {
        const standing = this.scene.standing.get(id)
        if (!standing) return
        const view = this.map.getView()
        this.fit([...standing.motion.newest.at, ...standing.motion.newest.at], Math.max(zoom, view.getZoom() ?? 0))
    }

    /** Everything that is shown: the couriers, or the track while there is one. */
    fitAll(): void {
        const points: Point[] = this.track
            ? this.track.track.lines.flatMap((line) => line.points.map((point) => point.at))
            : [...this.scene.standing.values()].map(({ motion }) => motion.newest.at)
        this.fitPoints(points, 17)
    }

    private fitPoints(points: readonly Point[], most: number): void {
        if (points.length === 0) return
        const xs = points.map(([x]) => x)
        const ys = points.map(([, y]) => y)
        this.fit([Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)], most)
    }

    private fit(extent: number[], maxZoom: number): void {
        const duration = this.glide ? 350 : 0
        this.map.getView().fit(extent, { padding: this.padding, maxZoom, duration })
    }

    private listen(): void {
        this.map.on('postrender', () => this.draw())
        this.map.on('moveend', () => this.moved())
        this.map.on('pointerdrag', () => this.endFollowing())
        this.map.on('click', (event) => this.clicked(event))
        this.map.on('pointermove', (event) => this.pointed(event))
        this.host.addEventListener('pointerleave', () => this.events.hover(null))
    }

    private endFollowing(): void {
        if (this.followed === null) return
        this.followed = null
        this.events.followEnded()
    }

    private moved(): void {
        const view = this.map.getView()
        const center = view.getCenter()
        if (!center) return
        const [lon, lat] = toLonLat(center) as [number, number]
        const extent = view.calculateExtent(this.map.getSize())
        const bbox = transformExtent(extent, 'EPSG:3857', 'EPSG:4326') as Bbox
        this.events.moved({ lat, lon, zoom: view.getZoom() ?? 0 }, bbox)
        this.clearNames()
        void this.base.loadRegionInSight(this.map)
    }

    private clearNames(): void {
        const resolution = this.map.getView().getResolution()
        if (!resolution || this.map.getView().getAnimating()) return
        this.obstacles.update(this.scene.groupsAt(resolution), resolution, performance.now())
    }

    private targetAt(event: MapBrowserEvent): Target | undefined {
        const [x, y] = event.pixel as [number, number]
        const near = (target: Target) => Math.hypot(target.x - x, target.y - y) - target.radius
        return this.targets.filter((target) => near(target) <= 4).sort((a, b) => near(a) - near(b))[0]
    }

    private clicked(event: MapBrowserEvent): void {
        const target = this.targetAt(event)
        const [first] = target?.ids ?? []
        if (!target || first === undefined) return
        if (target.ids.length === 1) return this.events.select(first)
        const points = target.ids.map((id) => this.scene.standing.get(id)?.motion.newest.at).filter((at) => at !== undefined)
        this.fitPoints(points, 18)
    }

    private pointed(event: MapBrowserEvent): void {
        if (event.dragging) return
        const target = this.targetAt(event)
        this.host.classList.toggle('over-pin', target !== undefined)
        this.events.hover(target?.ids[0] ?? null)
    }

    /** Keeps the followed courier in the middle third; the ground moves once per fix, not per frame. */
    private keepFollowing(): void {
        const standing = this.followed === null ? undefined : this.scene.standing.get(this.followed)
        const view = this.paintView()
        if (!standing || !view) return
        const [x, y] = standing.motion.newest.at
        const off = Math.max(
            Math.abs(x - view.center[0]) / (view.width * view.resolution),
            Math.abs(y - view.center[1]) / (view.height * view.resolution),
        )
        if (off > 0.16) this.map.getView().animate({ center: [x, y], duration: this.glide ? 900 : 0 })
    }

    private paintView(): PaintView | null {
        const size = this.map.getSize()
        const view = this.map.getView()
        const center = view.getCenter() as Point | undefined
        const resolution = view.getResolution()
        if (!size || !center || !resolution) return null
        const [width, height] = size as [number, number]
        return { center, resolution, width, height, zoom: view.getZoom() ?? 0 }
    }

    private draw(): void {
        const view = this.paintView()
        const context = this.canvas.getContext('2d')
        if (!view || !context) return
        this.prepare(context, view)
        const now = performance.now()
        const replaying = this.track?.moment != null
        if (this.track) paintTrack(context, view, this.track.track, this.palette, this.track.untilMs)
        for (const mark of this.track?.marks ?? []) paintMark(context, view, mark, this.palette)
        const { scene, palette, hovered, ageText } = this
        const input = { scene, palette, hovered, ageText, nowMs: this.clock(), drawMs: now }
        // a replay is of the past: the couriers of now would only confuse
        this.targets = replaying ? [] : paintScene(context, view, input)
        if (this.track?.moment) paintMoment(context, view, this.track.moment, palette)
        this.animateWhileMoving(now)
    }

    private prepare(context: CanvasRenderingContext2D, view: PaintView): void {
        const ratio = devicePixelRatio
        const [width, height] = [Math.round(view.width * ratio), Math.round(view.height * ratio)]
        if (this.canvas.width !== width || this.canvas.height !== height) {
            this.canvas.width = width
            this.canvas.height = height
        }
        context.setTransform(ratio, 0, 0, ratio, 0, 0)
        context.clearRect(0, 0, view.width, view.height)
    }

    private animateWhileMoving(drawnMs: number): void {
        cancelAnimationFrame(this.timer)
        if (!this.scene.isMoving(drawnMs)) return
        const step = (nowMs: number) => {
            if (nowMs - drawnMs >= frameMs) this.draw()
            else this.timer = requestAnimationFrame(step)
        }
        this.timer = requestAnimationFrame(step)
    }
}
