// Before the first paint, so that the chosen theme does not flash. A file of its own because the CSP allows no inline code.
{
    const root = document.documentElement
    try {
        const kept = JSON.parse(localStorage.getItem('plus7.prefs') ?? '{}')
        if (kept.theme === 'light' || kept.theme === 'dark') root.dataset.theme = kept.theme
        if (kept.contrast === 'more') root.dataset.contrast = 'more'
        if (kept.lang === 'en') root.lang = 'en'
    } catch {
        // no storage: the system's theme stands
    }
}
