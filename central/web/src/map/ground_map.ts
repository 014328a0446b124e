// A map that fills its host: the ground, and one layer above it. What the maps of forms and lists share.
import OlMap from 'ol/Map'
import View from 'ol/View'
import { defaults as interactions } from 'ol/interaction/defaults'
import type VectorLayer from 'ol/layer/Vector'
import { fromLonLat } from 'ol/proj'
import type { StyleFunction } from 'ol/style/Style'
import type Style from 'ol/style/Style'
import type { MapInfo } from '../api/types'
import type { Viewport } from '../lib/url'
import { BaseLayers, type MapLang } from './base_layers'
import { readPalette, type Palette } from './palette'
import { streetLayer, streetStyle } from './streets'

export class GroundMap {
    protected readonly map: OlMap
    private base = new BaseLayers()
    private streets: ReturnType<typeof streetLayer> | null = null
    private resized: ResizeObserver

    constructor(
        private host: HTMLElement,
        info: MapInfo,
        start: Viewport,
        private layer: VectorLayer,
        private style: (palette: Palette) => Style | StyleFunction,
    ) {
        if (info.tiles) this.streets = streetLayer(info.tiles)
        this.map = new OlMap({
            target: host,
            controls: [],
            interactions: interactions({ altShiftDragRotate: false, pinchRotate: false }),
            layers: [this.base.world, this.base.region, this.base.towns, ...(this.streets ? [this.streets] : []), layer],
            view: new View({ center: fromLonLat([start.lon, start.lat]), zoom: start.zoom, minZoom: 3, maxZoom: 19, enableRotation: false }),
        })
        this.map.on('moveend', () => void this.base.loadRegionInSight(this.map))
        this.resized = new ResizeObserver(() => this.map.updateSize())
        this.resized.observe(host)
    }

    destroy(): void {
        this.resized.disconnect()
        this.map.setTarget(undefined)
    }

    async loadGround(): Promise<void> {
        await this.base.loadWorld()
        await this.base.loadRegionInSight(this.map)
    }

    restyle(lang: MapLang): void {
        const palette = readPalette()
        this.host.style.background = palette.sea
        this.base.restyle(palette, lang)
        this.streets?.setStyle(streetStyle(palette, lang))
        this.layer.setStyle(this.style(palette))
    }

    zoomBy(steps: number): void {
        const view = this.map.getView()
        view.animate({ zoom: Math.round((view.getZoom() ?? 10) + steps), duration: 150 })
    }
}
