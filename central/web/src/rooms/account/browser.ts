// A User-Agent in words a person knows: "Chrome, Windows". Good enough to recognise the own sessions.

const browsers: [RegExp, string][] = [
    [/YaBrowser\//, 'Яндекс Браузер'],
    [/Edg\//, 'Edge'],
    [/OPR\//, 'Opera'],
    [/Firefox\//, 'Firefox'],
    [/Chrom(e|ium)\//, 'Chrome'],
    [/Safari\//, 'Safari'],
]
const systems: [RegExp, string][] = [
    [/Android/, 'Android'],
    [/iPhone|iPad/, 'iOS'],
    [/Windows/, 'Windows'],
    [/Mac OS/, 'macOS'],
    [/Linux/, 'Linux'],
]

export function browserOf(agent: string): string {
    const find = (table: [RegExp, string][]) => table.find(([pattern]) => pattern.test(agent))?.[1]
    const found = [find(browsers), find(systems)].filter((name) => name !== undefined)
    return found.length > 0 ? found.join(', ') : agent.slice(0, 40)
}
