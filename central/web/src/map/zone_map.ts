// A map of delivery zones over the ground: each in its colour, with its name.
import OlMap from 'ol/Map'
import View from 'ol/View'
import { createEmpty, extend, intersects, isEmpty } from 'ol/extent'
import type Feature from 'ol/Feature'
import GeoJSON from 'ol/format/GeoJSON'
import { defaults as interactions } from 'ol/interaction/defaults'
import VectorLayer from 'ol/layer/Vector'
import { fromLonLat } from 'ol/proj'
import VectorSource from 'ol/source/Vector'
import { Fill, Stroke, Style, Text } from 'ol/style'
import type { MapInfo, Zone } from '../api/types'
import { BaseLayers, regionExtent, type MapLang } from './base_layers'
import { readPalette, type Palette } from './palette'
import { streetLayer, streetStyle } from './streets'

const animated = 250 // ms

export class ZoneMap {
    private map: OlMap
    private base = new BaseLayers()
    private streets: ReturnType<typeof streetLayer> | null = null
    private source = new VectorSource()
    private layer = new VectorLayer({ source: this.source, zIndex: 10, declutter: true })
    private resized: ResizeObserver

    constructor(
        private host: HTMLElement,
        info: MapInfo,
    ) {
        if (info.tiles) this.streets = streetLayer(info.tiles)
        const [lon, lat] = info.center
        this.map = new OlMap({
            target: host,
            controls: [],
            interactions: interactions({ altShiftDragRotate: false, pinchRotate: false }),
            layers: [this.base.world, this.base.region, this.base.towns, ...(this.streets ? [this.streets] : []), this.layer],
            view: new View({ center: fromLonLat([lon, lat]), zoom: info.zoom, minZoom: 3, maxZoom: 19, enableRotation: false }),
        })
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
        this.layer.setStyle((feature) => zoneStyle(feature as Feature, palette))
    }

    /** Lower priorities first, so that those that win lie above. */
    show(zones: Zone[]): void {
        const format = new GeoJSON({ featureProjection: 'EPSG:3857' })
        const features = [...zones].reverse().map(({ id, name, colour, state, geometry }) => {
            const feature = format.readFeature({ type: 'Feature', id, properties: { name, colour, state }, geometry }) as Feature
            return feature
        })
        this.source.clear()
        this.source.addFeatures(features)
    }

    /** One zone, or all of them with an empty id. */
    fit(id: string, soft = true): void {
        const one = id ? this.source.getFeatureById(id) : null
        const shape = one && !Array.isArray(one) ? one.getGeometry() : null
        const extent = shape ? shape.getExtent() : extend(createEmpty(), this.source.getExtent() ?? createEmpty())
        if (!isEmpty(extent)) this.map.getView().fit(extent, { padding: [30, 30, 30, 30], maxZoom: 16, duration: soft ? animated : 0 })
    }

    zoomBy(steps: number): void {
        const view = this.map.getView()
        view.animate({ zoom: Math.round((view.getZoom() ?? 10) + steps), duration: 150 })
    }

    private async loadRegionInSight(): Promise<void> {
        const extent = this.map.getView().calculateExtent(this.map.getSize())
        if (!isEmpty(extent) && intersects(extent, regionExtent)) await this.base.loadRegion()
    }
}

function zoneStyle(feature: Feature, palette: Palette): Style {
    const colour = String(feature.get('colour'))
    const closed = feature.get('state') === 'closed'
    return new Style({
        fill: new Fill({ color: `${colour}${closed ? '14' : '38'}` }),
        stroke: new Stroke({ color: colour, width: 2, ...(closed && { lineDash: [6, 5] }) }),
        text: new Text({
            text: String(feature.get('name')),
            font: `600 13px ${palette.font}`,
            fill: new Fill({ color: palette.textStrong }),
            stroke: new Stroke({ color: palette.halo, width: 3 }),
            overflow: true,
        }),
    })
}
