// Ingest's counters: what came, how it ended. The sum of the outcomes is what came (I12). Any thread.
#pragma once
#include <array>
#include <optional>

#include "central/ingest/frame.hpp"
#include "shared/runtime/metrics.hpp"
#include "shared/wire/topics.hpp"

namespace plus7::central::ingest {

class Counts {
  public:
    explicit Counts(runtime::Metrics& metrics);

    // Without a kind: the topic was none of ours.
    void received(std::optional<wire::TopicKind> kind);
    void ended(std::optional<wire::TopicKind> kind, Outcome outcome);

    std::uint64_t total_received() const;
    std::uint64_t total(Outcome outcome) const;

    runtime::Counter& facts;        // new ones, with effect
    runtime::Counter& blocks;       // new ones
    runtime::Counter& quarantined;  // records set aside
    runtime::Counter& acks;         // handed to MQTT
    runtime::Counter& careful;      // batches that had to be taken record by record
    runtime::Counter& not_durable;  // batches whose commit failed or is unknown: not acked

  private:
    static constexpr std::size_t kinds = 8;  // up topics and "other"
    static std::size_t index_of(std::optional<wire::TopicKind> kind);

    std::array<runtime::Counter*, kinds> received_{};
    std::array<std::array<runtime::Counter*, outcomes>, kinds> ended_{};
};

}  // namespace plus7::central::ingest
