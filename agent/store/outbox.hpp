// The handheld's log of facts in core.db: numbered, chained and signed in the transaction that saves them, kept until
// central's signed ack and seven days more. Used on the storage thread only; owned by Stores.
#pragma once
#include <chrono>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "agent/store/act.hpp"
#include "agent/store/reserve_file.hpp"
#include "shared/core/tx.hpp"
#include "shared/crypto/ed25519.hpp"
#include "shared/sql/sqlite_connection.hpp"
#include "shared/wire/hello.hpp"

namespace plus7::agent::store {

struct Saved {
    core::EventId id;
    std::uint64_t seq = 0;
};

// How central's word about the fact lane compares with what is here (sync-protocol.md, "met at hello or in an ack").
enum class Standing {
    agreed,          // upto = acked
    advanced,        // acked < upto ≤ max, same hash: an ack was lost, or this is one
    central_behind,  // upto < acked: central was restored
    image_old,       // upto > max, or another hash: this database was restored from an old image
};

struct PendingFacts {
    std::uint64_t first_seq = 0;
    std::vector<core::Bytes> records;  // consecutive
};

class Outbox {
  public:
    using Also = std::function<core::Status(core::Tx&)>;
    static constexpr std::chrono::hours keep_after_ack{7 * 24};

    // Makes the first epoch in an empty database. References must outlive the outbox.
    Outbox(sql::SqliteConnection& connection, core::DeviceId device, const crypto::SigningKey& key,
           ReserveFile& reserve);

    // Durable when it returns a success; only then may a screen say "saved". `also` changes tables of core.db in the
    // same transaction. On a full disk the reserve file is given up and the act tried once more.
    // invalid: the act breaks a rule of the wire; full: no space; unavailable: the disk failed. Then nothing is saved.
    core::Result<Saved> append(const Act& act, const Also& also = {});
    // All of them or none; gives the last.
    core::Result<Saved> append_all(std::span<const Act> acts, const Also& also = {});

    std::optional<core::Bytes> note(std::string_view name) const;
    std::vector<Note> notes(std::string_view prefix) const;  // by name
    core::Status keep_note(const Note& note);                // without a fact
    core::Status drop_notes(const std::vector<std::string>& names);
    bool has_event(const core::EventId& id) const;
    bool is_acked(const core::EventId& id) const;  // also what was pruned since

    core::Epoch epoch() const;
    std::vector<core::Epoch> ancestors() const;  // the parent first, at most 8
    wire::FactExtent extent() const;
    std::uint64_t unacked() const;
    std::optional<core::Stamp> oldest_unacked() const;

    // From the first unacked fact on: at least one if there is one, then up to `bytes` and `count`. A fact.gap comes
    // alone, because the number after it is not the next one.
    PendingFacts pending(std::size_t bytes, std::size_t count) const;

    Standing compare(std::uint64_t upto, const core::Hash& hash) const;
    // Facts 1 … upto are durable at central, says an ack or welcome signed at `central_time`; prunes what is acked for
    // seven days of that clock.
    core::Status advance(std::uint64_t upto, const core::Hash& hash, core::TimeUs central_time);
    // Central was restored and ends at `upto`: everything kept behind it goes again, pruned facts are stated by a
    // fact.gap under the number upto + 1, and what older epochs still keep is numbered anew in this one.
    core::Status rewind(std::uint64_t upto, const core::Hash& hash, const core::Stamp& at);

    // A new epoch, child of the current one cut at central's word. What central may not have is re-sequenced under the
    // same event ids, in one transaction. The track and blob lanes must follow (Stores::begin_child_epoch).
    core::Status begin_child_epoch(std::uint64_t upto, const core::Hash& hash);

    std::optional<core::ServerGen> server_gen() const;
    core::Status set_server_gen(const core::ServerGen& server_gen);

    // Bytes of the track and blob lanes handed over that day (UTC by central's clock). To spare the flash a crash may
    // cost the count uncounted_bytes; an orderly end saves it.
    static constexpr std::uint64_t uncounted_bytes = 4096;
    std::uint64_t bytes_sent(std::chrono::sys_days day) const;
    core::Status count_bytes(std::chrono::sys_days day, std::uint64_t bytes);
    core::Status save_count();

    // What a damaged core.db still gives: facts of its current epoch whose signature holds.
    struct Rescued {
        core::Epoch epoch;
        std::uint64_t acked = 0;
        core::Hash acked_hash;
        std::vector<core::Bytes> unacked;  // records, by seq
    };
    static std::optional<Rescued> rescue(const std::filesystem::path& damaged, const core::PublicKey& key);
    // Takes them over into a database that has no facts yet: a child epoch of the damaged one.
    core::Status adopt(const Rescued& rescued);

  private:
    struct Counting {
        std::chrono::sys_days day{};
        std::uint64_t unsaved = 0;
    };
    struct Head;  // the current epoch's row
    static Head head(sql::Tx& tx);
    template <typename Fn>
    auto read(Fn fn) const;

    core::Result<Saved> append_once(std::span<const Act> acts, const Also& also);
    core::Result<Saved> insert(sql::Tx& tx, const Act& act);
    void put(sql::Tx& tx, Head& head, wire::Fact fact);
    void start_epoch(sql::Tx& tx, std::uint64_t upto, const core::Hash& hash, const std::vector<core::Bytes>& records);
    void state_gap(sql::Tx& tx, const Head& head, std::uint64_t to, const core::Stamp& at);
    void refill_older_epochs(sql::Tx& tx);
    void prune(sql::Tx& tx, core::TimeUs central_time);

    sql::SqliteConnection& connection_;
    Counting counting_;
    core::DeviceId device_;
    const crypto::SigningKey& key_;
    ReserveFile& reserve_;
};

}  // namespace plus7::agent::store
