// Demo: until when the network of a courier is cut (central's clock), kept while the card is closed.
class Cuts {
    untilMs = $state<Record<string, number>>({})
}
export const cuts = new Cuts()
