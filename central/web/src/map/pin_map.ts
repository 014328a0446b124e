// A small map on which one pin is set: a click sets or moves it, it can be dragged.
import Feature from 'ol/Feature'
import type MapBrowserEvent from 'ol/MapBrowserEvent'
import { intersects } from 'ol/extent'
import { Point as PointGeometry } from 'ol/geom'
import PointerInteraction from 'ol/interaction/Pointer'
import VectorLayer from 'ol/layer/Vector'
import { fromLonLat, toLonLat } from 'ol/proj'
import VectorSource from 'ol/source/Vector'
import type { MapInfo, Place } from '../api/types'
import type { Viewport } from '../lib/url'
import { GroundMap } from './ground_map'
import { pinHeight, pinStyle } from './pin_style'

const closeZoom = 16

export class PinMap extends GroundMap {
    private pin: Feature<PointGeometry>

    constructor(
        host: HTMLElement,
        info: MapInfo,
        start: Viewport,
        private onset: (place: Place) => void,
    ) {
        const pin = new Feature<PointGeometry>()
        super(host, info, start, new VectorLayer({ source: new VectorSource({ features: [pin] }), zIndex: 20 }), pinStyle)
        this.pin = pin
        this.map.addInteraction(this.dragging())
        this.map.on('click', (event) => this.put(event.coordinate))
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
}
