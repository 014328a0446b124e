#include "tests/agent/sync/scripted_central.hpp"

#include "shared/core/random.hpp"
#include "shared/crypto/certificates.hpp"
#include "shared/crypto/sha256.hpp"
#include "shared/wire/blob_record.hpp"
#include "shared/wire/fact_data.hpp"
#include "shared/wire/gap_record.hpp"
#include "shared/wire/limits.hpp"
#include "shared/wire/track_block.hpp"

namespace plus7::test {
namespace {

constexpr core::TimeUs ca_made{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22}};

std::uint64_t prefix(const std::set<std::uint64_t>& seqs) {
    std::uint64_t upto = 0;
    for (const auto seq : seqs) {
        if (seq != upto + 1) break;
        upto = seq;
    }
    return upto;
}

std::vector<wire::SeqRange> ranges_above(const std::set<std::uint64_t>& seqs, std::uint64_t upto) {
    std::vector<wire::SeqRange> all;
    for (auto it = seqs.upper_bound(upto); it != seqs.end(); ++it) {
        if (!all.empty() && all.back().last + 1 == *it) {
            all.back().last = *it;
        } else {
            all.push_back({*it, *it});
        }
    }
    if (all.size() > wire::max_ranges) all.erase(all.begin(), all.end() - wire::max_ranges);
    return all;
}

bool same_content(const wire::Fact& a, const wire::Fact& b) {
    return a.type == b.type && a.at == b.at && a.who == b.who && a.about == b.about && a.data == b.data;
}

}  // namespace

ScriptedCentral::ScriptedCentral(core::DeviceId device, core::PublicKey record_key)
    : server_gen(core::random_id<core::ServerGen>()),
      device_(std::move(device)),
      record_key_(record_key),
      authority_(crypto::Authority::create("scripted CA", ca_made).value()),
      certificate_(crypto::der_from_pem(authority_.issue_signing(key.public_key(), ca_made)->pem).value()) {}

core::Bytes ScriptedCentral::seal(wire::DownType type, core::ByteView body) const {
    return wire::seal_down(type, device_, server_gen, body, key);
}

void ScriptedCentral::restore(const Ledger& backup) {
    ledger = backup;
    server_gen = core::random_id<core::ServerGen>();
}

std::vector<core::Bytes> ScriptedCentral::receive(wire::TopicKind kind, core::ByteView payload, core::TimeUs now) {
    now += ahead;
    if (kind == wire::TopicKind::hello) return on_hello(wire::decode_hello(payload).value(), now);
    if (kind == wire::TopicKind::up_view) {
        views.push_back(wire::decode_view_applied(payload).value());
        return {};
    }
    if (kind == wire::TopicKind::live || kind == wire::TopicKind::state) return {};
    const auto header = wire::decode_header(payload);
    if (!header) {
        ++counters.unreadable;
        return {};
    }
    ++counters.batches;
    return {on_batch(*header, now)};
}

std::vector<core::Bytes> ScriptedCentral::on_hello(const wire::Hello& hello, core::TimeUs now) {
    hellos.push_back(hello);
    wire::Welcome welcome;
    welcome.nonce = hello.nonce;
    welcome.time = now;
    welcome.policy = policy;
    welcome.certificate = certificate_;
    const bool known = ledger.epochs.contains(hello.epoch);
    if (known || knows_epochs) {
        if (!known) {
            for (auto& [epoch, log] : ledger.epochs) log.state = wire::EpochState::sealed;
        }
        auto& log = ledger.epochs[hello.epoch];
        welcome.epoch_state = log.state;
        welcome.fact = {log.upto, log.hash};
        welcome.track.upto = prefix(log.track);
        welcome.track.newest = ranges_above(log.track, welcome.track.upto);
        welcome.blob.upto = prefix(log.blob);
        welcome.blob.newest = ranges_above(log.blob, welcome.blob.upto);
    }
    return {seal(wire::DownType::welcome, wire::encode(welcome))};
}

wire::Ack ScriptedCentral::cursor(wire::Lane lane, const core::Epoch& epoch, core::TimeUs now) const {
    wire::Ack ack;
    ack.epoch = epoch;
    ack.lane = lane;
    ack.credit = credit;
    ack.retry_after = retry_after;
    ack.time = now;
    const auto found = ledger.epochs.find(epoch);
    static const EpochLog none = [] {
        EpochLog log;
        log.state = wire::EpochState::unknown;
        return log;
    }();
    const auto& log = found == ledger.epochs.end() ? none : found->second;
    ack.epoch_state = log.state;
    if (lane == wire::Lane::fact) {
        ack.upto = log.upto;
        ack.hash = log.hash;
        return ack;
    }
    const auto& seqs = lane == wire::Lane::track ? log.track : log.blob;
    ack.upto = prefix(seqs);
    ack.got = ranges_above(seqs, ack.upto);
    return ack;
}

core::Bytes ScriptedCentral::ack_of(wire::Lane lane, const core::Epoch& epoch, core::TimeUs now) const {
    return seal(wire::DownType::ack, wire::encode(cursor(lane, epoch, now)));
}

core::Bytes ScriptedCentral::on_batch(const wire::BatchHeader& header, core::TimeUs now) {
    if (refuse_batches > 0 && header.count > 1) {
        --refuse_batches;
        ++counters.refused;
        auto ack = cursor(header.lane, header.epoch, now);
        ack.refused = wire::Refused{header.first_seq, header.count, wire::RefusedReason::unreadable};
        return seal(wire::DownType::ack, wire::encode(ack));
    }
    wire::Ack extra;
    const auto found = ledger.epochs.find(header.epoch);
    const auto payload = wire::decode_payload(header).value();
    if (found != ledger.epochs.end() && found->second.state == wire::EpochState::open) {
        auto& log = found->second;
        for (std::size_t i = 0; i < payload.size(); ++i) {
            const auto seq = header.first_seq + i;
            if (header.lane == wire::Lane::fact) take_fact(log, seq, payload.record(i));
            if (header.lane == wire::Lane::track) take_track(log, seq, payload.record(i));
            if (header.lane == wire::Lane::blob) take_blob(log, seq, payload.record(i), extra);
        }
    }
    auto ack = cursor(header.lane, header.epoch, now);
    ack.blobs_ok = extra.blobs_ok;
    ack.blobs_bad = extra.blobs_bad;
    return seal(wire::DownType::ack, wire::encode(ack));
}

void ScriptedCentral::take_fact(EpochLog& log, std::uint64_t seq, core::ByteView record) {
    const auto sealed = wire::decode_fact_record(record).value();
    if (!wire::verify(sealed, record_key_)) ++counters.bad_signatures;
    const auto hash = wire::hash_of_body(sealed.body);
    if (seq <= log.upto) {
        ++counters.repeated_facts;
        const auto known = log.facts.find(seq);
        const bool fork = known != log.facts.end() && known->second.hash != hash;
        if (fork) {
            ++counters.forks;
            log.state = wire::EpochState::frozen;
        }
        return;
    }
    if (seq != log.upto + 1) return;  // facts only in order
    apply(log, seq, wire::decode_body(sealed.body).value(), hash);
}

void ScriptedCentral::apply(EpochLog& log, std::uint64_t seq, const wire::Fact& fact, const core::Hash& hash) {
    if (seq > 1 && fact.prev != log.hash) ++counters.named_gaps;
    std::uint64_t last = seq;
    if (fact.type == model::FactGap::type) {
        ++counters.stated_gaps;
        last = wire::decode_data<model::FactGap>(fact.data)->to;
    }
    log.facts.insert_or_assign(seq, StoredFact{hash, last, fact});
    log.upto = last;
    log.hash = hash;
    const auto [known, fresh] = ledger.effects.emplace(fact.id, fact);
    if (!fresh && !same_content(known->second, fact)) ++counters.disputed;
}

bool ScriptedCentral::is_fork(EpochLog& log, wire::Lane lane, std::uint64_t seq, core::ByteView record) {
    const auto hash = crypto::sha256(record);
    if (log.bulk_hashes.emplace(std::pair(lane, seq), hash).first->second == hash) return false;
    ++counters.forks;
    log.state = wire::EpochState::frozen;
    return true;
}

void ScriptedCentral::take_track(EpochLog& log, std::uint64_t seq, core::ByteView bytes) {
    if (is_fork(log, wire::Lane::track, seq, bytes)) return;
    const auto record = wire::decode_track_record(bytes).value();
    log.track.insert(seq);
    if (const auto* gap = std::get_if<wire::Gap>(&record)) {
        for (const auto& range : gap->never) {
            for (auto s = range.first; s <= range.last; ++s) log.track.insert(s);
        }
    } else if (const auto* block = std::get_if<wire::TrackBlockRecord>(&record)) {
        const auto decoded = wire::decode_track_block(block->block).value();
        for (const auto& fix : decoded.fixes) {
            ledger.fix_times.insert(core::count(fix.time));
        }
    }
}

void ScriptedCentral::take_blob(EpochLog& log, std::uint64_t seq, core::ByteView record, wire::Ack& ack) {
    if (is_fork(log, wire::Lane::blob, seq, record)) return;
    const auto chunk = wire::decode_blob_record(record).value();
    log.blob.insert(seq);
    if (forget_blobs.erase(chunk.sha) > 0) {
        ledger.chunks.erase(chunk.sha);
        ledger.blobs.erase(chunk.sha);
        ack.blobs_bad.push_back(chunk.sha);
        return;
    }
    auto& parts = ledger.chunks[chunk.sha];
    parts[chunk.offset] = chunk.bytes;
    core::Bytes whole;
    for (const auto& [offset, bytes] : parts) whole.insert(whole.end(), bytes.begin(), bytes.end());
    if (whole.size() != chunk.total || crypto::sha256(whole) != chunk.sha) return;
    ledger.blobs.insert(chunk.sha);
    ack.blobs_ok.push_back(chunk.sha);
}

}  // namespace plus7::test
