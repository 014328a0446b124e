// Tells the ground's names where groups of couriers stand, so that no town or street name hides behind one: invisible
// circles in the same declutter pass, above all names. Renewed at most every 2 s, as each renewal redraws the ground.
import Feature from 'ol/Feature'
import Point from 'ol/geom/Point'
import VectorLayer from 'ol/layer/Vector'
import VectorSource from 'ol/source/Vector'
import { Circle, Fill, Style } from 'ol/style'
import type { Group } from './scene'

const renewMs = 2_000

export class Obstacles {
    private source = new VectorSource()
    private styles = new Map<number, Style>()
    private renewedMs = -Infinity
    private resolution = 0

    readonly layer = new VectorLayer({
        source: this.source,
        zIndex: 20,
        declutter: true,
        style: (feature) => this.styleOf(feature.get('radius') as number),
    })

    update(groups: readonly Group[], resolution: number, nowMs: number): void {
        if (resolution === this.resolution && nowMs - this.renewedMs < renewMs) return
        this.resolution = resolution
        this.renewedMs = nowMs
        const crowds = groups.filter((group) => group.members.length > 1)
        this.source.clear(true)
        this.source.addFeatures(crowds.map((group) => new Feature({ geometry: new Point([...group.center]), radius: Math.round(group.radius) })))
    }

    private styleOf(radius: number): Style {
        const known = this.styles.get(radius)
        if (known) return known
        const style = new Style({ image: new Circle({ radius, fill: new Fill({ color: 'rgba(0,0,0,0)' }) }) })
        this.styles.set(radius, style)
        return style
    }
}
