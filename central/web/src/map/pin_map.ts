// A small map on which one pin is set: a click sets or moves it, it can be dragged.
import Feature from 'ol/Feature'
import OlMap from 'ol/Map'
import type MapBrowserEvent from 'ol/MapBrowserEvent'
import View from 'ol/View'
import { intersects, isEmpty } from 'ol/extent'
import { Point as PointGeometry } from 'ol/geom'
import { defaults as interactions } from 'ol/interaction/defaults'
import PointerInteraction from 'ol/interaction/Pointer'
import VectorLayer from 'ol/layer/Vector'
import { fromLonLat, toLonLat } from 'ol/proj'
import VectorSource from 'ol/source/Vector'
import type { MapInfo, Place } from '../api/types'
import type { Viewport } from '../lib/url'
import { BaseLayers, regionExtent, type MapLang } from './base_layers'
import { readPalette } from './palette'
import { pinHeight, pinStyle } from './pin_style'
import { streetLayer, streetStyle } from './streets'

const closeZoom = 16

export class PinMap {
    private map: OlMap
    private base = new BaseLayers()
    private streets: ReturnType<typeof streetLayer> | null = null
    private pin = new Feature<PointGeometry>()
    private pinLayer = new VectorLayer({ source: new VectorSource({ features: [this.pin] }), zIndex: 20 })
    private resized: ResizeObserver

    constructor(
        private host: HTMLElement,
        info: MapInfo,
        start: Viewport,
        private onset: (place: Place) => void,
    ) {
        if (info.tiles) this.streets = streetLayer(info.tiles)
        this.map = new OlMap({
            target: host,
            controls: [],
            interactions: interactions({ altShiftDragRotate: false, pinchRotate: false }).extend([this.dragging()]),
            layers: [this.base.world, this.base.region, this.base.towns, ...(this.streets ? [this.streets] : []), this.pinLayer],
            view: new View({ center: fromLonLat([start.lon, start.lat]), zoom: start.zoom, minZoom: 3, maxZoom: 19, enableRotation: false }),
        })
        this.map.on('click', (event) => this.put(event.coordinate))
        this.map.on('moveend', () => void this.loadRegionInSight())
        this.resized = new ResizeObserver(() => this.map.updateSize())
        this.resized.observe(host)
    }

    destroy(): void {
        this.resized.disconnect()
        this.map.setTarget(undefined)
    }

    async loadGround(): Promise<void> {
        await this.base.loadWorld()
        await this.loadRegionInSight()
    }

    restyle(lang: MapLang): void {
        const palette = readPalette()
        this.host.style.background = palette.sea
        this.base.restyle(palette, lang)
        this.streets?.setStyle(streetStyle(palette, lang))
        this.pinLayer.setStyle(pinStyle(palette))
    }

    /** Shows the pin where the form has it; far out of sight the map goes there. */
    show(place: Place | null): void {
        if (!place) return this.pin.setGeometry(undefined)
        const at = fromLonLat([place.lon, place.lat])
        this.pin.setGeometry(new PointGeometry(at))
        const view = this.map.getView()
        const size = this.map.getSize()
        if (size && !intersects(view.calculateExtent(size), [...at, ...at])) view.setCenter(at)
    }

    zoomBy(steps: number): void {
        const view = this.map.getView()
        view.animate({ zoom: Math.round((view.getZoom() ?? 10) + steps), duration: 150 })
    }

    putInMiddle(): void {
        const center = this.map.getView().getCenter()
        if (center) this.put(center)
    }

    viewport(): Viewport {
        const view = this.map.getView()
        const [lon, lat] = toLonLat(view.getCenter() ?? [0, 0]) as [number, number]
        return { lat, lon, zoom: view.getZoom() ?? closeZoom }
    }

    private put(coordinate: number[]): void {
        const [lon, lat] = toLonLat(coordinate) as [number, number]
        this.onset({ lat, lon })
    }

    private dragging(): PointerInteraction {
        let offset = [0, 0]
        return new PointerInteraction({
            handleDownEvent: (event) => {
                const at = this.pin.getGeometry()?.getCoordinates()
                if (!at || !this.isOnPin(event, at)) return false
                offset = [(at[0] ?? 0) - (event.coordinate[0] ?? 0), (at[1] ?? 0) - (event.coordinate[1] ?? 0)]
                return true
            },
            handleDragEvent: (event) => this.put([(event.coordinate[0] ?? 0) + (offset[0] ?? 0), (event.coordinate[1] ?? 0) + (offset[1] ?? 0)]),
            handleUpEvent: () => false,
        })
    }

    private isOnPin(event: MapBrowserEvent, at: number[]): boolean {
        const [x, y] = this.map.getPixelFromCoordinate(at) as [number, number]
        const [px, py] = event.pixel as [number, number]
        return Math.abs(px - x) <= 14 && py <= y + 6 && py >= y - pinHeight - 4
    }

    private async loadRegionInSight(): Promise<void> {
        const extent = this.map.getView().calculateExtent(this.map.getSize())
        if (!isEmpty(extent) && intersects(extent, regionExtent)) await this.base.loadRegion()
    }
}
