// Whether the camera is looked through instead of a scanner; the screen under it hears what it reads.
class Camera {
    isOpen = $state(false)

    open(): void {
        this.isOpen = true
    }
    close(): void {
        this.isOpen = false
    }
}

export const camera = new Camera()
