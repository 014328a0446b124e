// A central for tests: real wire codec and signatures, everything in memory, one device, no network. It keeps what
// ingest would keep and checks what it receives; faults are asked for from outside.
#pragma once
#include <map>
#include <set>
#include <vector>

#include "shared/crypto/authority.hpp"
#include "shared/crypto/ed25519.hpp"
#include "shared/wire/ack.hpp"
#include "shared/wire/batch.hpp"
#include "shared/wire/down_envelope.hpp"
#include "shared/wire/fact.hpp"
#include "shared/wire/hello.hpp"
#include "shared/wire/topics.hpp"
#include "shared/wire/view_message.hpp"
#include "shared/wire/welcome.hpp"

namespace plus7::test {

class ScriptedCentral {
  public:
    struct StoredFact {
        core::Hash hash;
        std::uint64_t last_seq = 0;
        wire::Fact fact;
    };
    struct EpochLog {
        wire::EpochState state = wire::EpochState::open;
        std::uint64_t upto = 0;
        core::Hash hash;
        std::map<std::uint64_t, StoredFact> facts;
        std::set<std::uint64_t> track;  // received or declared as never coming
        std::set<std::uint64_t> blob;
        std::map<std::pair<wire::Lane, std::uint64_t>, core::Hash> bulk_hashes;
    };
    // What a database holds: copied to roll central back.
    struct Ledger {
        std::map<core::Epoch, EpochLog> epochs;
        std::map<core::EventId, wire::Fact> effects;
        std::map<core::Hash, std::map<std::uint64_t, core::Bytes>> chunks;
        std::set<core::Hash> blobs;
        std::set<std::int64_t> fix_times;
    };
    struct Counters {
        int named_gaps = 0;  // a wrong `prev` with a good signature
        int stated_gaps = 0;
        int disputed = 0;  // one event id, two contents
        int forks = 0;
        int bad_signatures = 0;
        int unreadable = 0;
        int refused = 0;
        int repeated_facts = 0;
        int batches = 0;
    };

    ScriptedCentral(core::DeviceId device, core::PublicKey record_key);

    // What arrives on a topic of the device; the down messages that answer it.
    std::vector<core::Bytes> receive(wire::TopicKind kind, core::ByteView payload, core::TimeUs now);

    // A restored backup is another life of the database.
    void restore(const Ledger& backup);
    core::Bytes seal(wire::DownType type, core::ByteView body) const;
    core::Bytes ack_of(wire::Lane lane, const core::Epoch& epoch, core::TimeUs now) const;

    Ledger ledger;
    Counters counters;
    wire::Policy policy;
    std::chrono::microseconds ahead{0};  // its clock against the handheld's
    std::uint64_t credit = 1 << 20;
    std::chrono::milliseconds retry_after{0};
    int refuse_batches = 0;             // so many of more than one record are called unreadable
    bool knows_epochs = true;           // false: unknown epochs wait for an operator
    std::set<core::Hash> forget_blobs;  // these are asked for again
    std::vector<wire::Hello> hellos;
    std::vector<wire::ViewApplied> views;
    core::ServerGen server_gen;

    crypto::SigningKey key = crypto::SigningKey::generate();
    const std::string& ca_pem() const { return authority_.certificate().pem; }
    EpochLog& log(const core::Epoch& epoch) { return ledger.epochs[epoch]; }

  private:
    std::vector<core::Bytes> on_hello(const wire::Hello& hello, core::TimeUs now);
    core::Bytes on_batch(const wire::BatchHeader& header, core::TimeUs now);
    void take_fact(EpochLog& log, std::uint64_t seq, core::ByteView record);
    void apply(EpochLog& log, std::uint64_t seq, const wire::Fact& fact, const core::Hash& hash);
    bool is_fork(EpochLog& log, wire::Lane lane, std::uint64_t seq, core::ByteView record);
    void take_track(EpochLog& log, std::uint64_t seq, core::ByteView record);
    void take_blob(EpochLog& log, std::uint64_t seq, core::ByteView record, wire::Ack& ack);
    wire::Ack cursor(wire::Lane lane, const core::Epoch& epoch, core::TimeUs now) const;

    core::DeviceId device_;
    core::PublicKey record_key_;
    crypto::Authority authority_;
    core::Bytes certificate_;
};

}  // namespace plus7::test
