#include "central/ingest/counts.hpp"

namespace plus7::central::ingest {
namespace {

runtime::Counter& records(runtime::Metrics& metrics, const char* what) {
    return metrics.counter("plus7_ingest_records_total", "Records of batches", {{"what", what}});
}

}  // namespace

std::string_view name_of(Outcome outcome) {
    switch (outcome) {
        case Outcome::applied:
            return "applied";
        case Outcome::duplicate:
            return "duplicate";
        case Outcome::deferred:
            return "deferred";
        case Outcome::refused:
            return "refused";
        case Outcome::dropped:
            return "dropped";
        case Outcome::quarantined:
            return "quarantined";
    }
    return "unknown";
}

Counts::Counts(runtime::Metrics& metrics)
    : facts(records(metrics, "fact")),
      blocks(records(metrics, "block")),
      quarantined(records(metrics, "quarantined")),
      acks(metrics.counter("plus7_ingest_acks_total", "Acknowledgements handed to MQTT")),
      careful(metrics.counter("plus7_ingest_careful_total", "Batches taken record by record after a failure")),
      not_durable(metrics.counter("plus7_ingest_not_durable_total", "Batches whose commit failed or is unknown")) {
    for (std::size_t kind = 0; kind < kinds; ++kind) {
        const std::string name =
            kind + 1 < kinds ? std::string(wire::topic_table()[kind].suffix) : std::string("other");
        received_[kind] = &metrics.counter("plus7_ingest_received_total", "Frames received", {{"topic", name}});
        for (std::size_t i = 0; i < outcomes; ++i)
            ended_[kind][i] =
                &metrics.counter("plus7_ingest_frames_total", "How received frames ended",
                                 {{"topic", name}, {"outcome", std::string(name_of(static_cast<Outcome>(i)))}});
    }
}

std::size_t Counts::index_of(std::optional<wire::TopicKind> kind) {
    constexpr std::size_t other = kinds - 1;
    return kind && static_cast<std::size_t>(*kind) < other ? static_cast<std::size_t>(*kind) : other;
}

void Counts::received(std::optional<wire::TopicKind> kind) { received_[index_of(kind)]->add(); }

void Counts::ended(std::optional<wire::TopicKind> kind, Outcome outcome) {
    ended_[index_of(kind)][static_cast<std::size_t>(outcome)]->add();
}

std::uint64_t Counts::total_received() const {
    std::uint64_t sum = 0;
    for (const auto* counter : received_) sum += counter->value();
    return sum;
}

std::uint64_t Counts::total(Outcome outcome) const {
    std::uint64_t sum = 0;
    for (const auto& kind : ended_) sum += kind[static_cast<std::size_t>(outcome)]->value();
    return sum;
}

}  // namespace plus7::central::ingest
