#include "central/ingest/pipeline.hpp"

#include <algorithm>

#include "central/ingest/check.hpp"
#include "shared/runtime/log.hpp"

namespace plus7::central::ingest {

struct Pipeline::Job {
    Job(core::DeviceId from, Frame frame, wire::TopicKind topic, Done end)
        : batch(std::move(from), std::move(frame)), kind(topic), done(std::move(end)) {}

    // Once. The ticket goes back first: the database may hold the job longer than ingest, and the slots, live.
    void end(Outcome outcome) {
        ticket = {};
        done(outcome);
    }

    Flight flight() const {
        return {batch.device, batch.header.epoch, batch.header.lane, batch.header.first_seq, batch.header.count};
    }

    Batch batch;
    wire::TopicKind kind;
    Done done;
    std::shared_ptr<const KnownDevice> device;
    Care care = Care::together;
    FlightSlots::Ticket ticket;
};

namespace {

// The engine's complaint, which says nothing about the batch.
bool is_engine(const core::Error& error) {
    return error.kind == core::ErrorKind::unavailable || error.kind == core::ErrorKind::full;
}

}  // namespace

// THE list. What needs no database but the cached keys is done on a worker; `commit` hands one unit to the database
// (its steps: fact_unit.cpp, track_unit.cpp, blob_unit.cpp), and goes on in committed() or not_committed().
bool Pipeline::passes(const std::shared_ptr<Job>& job) {
    constexpr Step steps[] = {
        &Pipeline::read_header,     // a header that cannot be read: quarantine, no answer
        &Pipeline::know_device,     // unknown or revoked: no answer, and shown the door
        &Pipeline::weigh_attempts,  // what was tried too often is split or set aside
        &Pipeline::read_payload,    // limits, compression; unreadable: refused with its numbers
        &Pipeline::check_records,   // owner, signatures, checksums
    };                              // then commit: order, chain, effects, cursor: durable, and only then the ack
    return std::ranges::all_of(steps, [&](const Step step) { return (this->*step)(job); });
}

void Pipeline::take(std::vector<Frame> frames, const wire::Topic& topic, const Done& done) {
    Jobs ready;
    for (auto& frame : frames) {
        const auto job = std::make_shared<Job>(topic.device, std::move(frame), topic.kind, done);
        try {
            if (passes(job)) ready.push_back(job);
        } catch (const std::exception& error) {
            give_up(job, core::internal(error.what()));
        }
    }
    commit_in_groups(ready);
}

bool Pipeline::read_header(const std::shared_ptr<Job>& job) {
    const auto header = wire::decode_header(job->batch.frame.payload);
    if (!header) {
        quarantine_frame(job, header.error().message);
        return false;
    }
    job->batch.header = *header;
    if (wire::topic_of(header->lane) == job->kind) return true;
    quarantine_frame(job, "a batch of another lane than its topic");
    return false;
}

bool Pipeline::know_device(const std::shared_ptr<Job>& job) {
    const auto device = parts_.keys.find(job->batch.device);
    if (!device) {
        give_up(job, device.error());
        return false;
    }
    if (*device && (*device)->may_sync) {
        job->device = *device;
        return true;
    }
    parts_.gate.kick(job->batch.device);
    job->end(Outcome::refused);
    return false;
}

bool Pipeline::weigh_attempts(const std::shared_ptr<Job>& job) {
    const auto flight = job->flight();
    if (parts_.flights != nullptr) job->ticket = parts_.flights->begin(flight);
    switch (parts_.attempts.weigh(flight)) {
        case Attempts::Verdict::take:
            return true;
        case Attempts::Verdict::split:
            refuse(job, wire::RefusedReason::other);
            return false;
        case Attempts::Verdict::set_aside:
            take_unreadable(job->batch, "its ingest failed too often");
            commit({job});
            return false;
    }
    return true;
}

bool Pipeline::read_payload(const std::shared_ptr<Job>& job) {
    auto payload = wire::decode_payload(job->batch.header);
    if (payload) {
        job->batch.payload = std::move(*payload);
        return true;
    }
    if (job->batch.header.count > 1) {
        refuse(job, wire::refused_reason(payload.error()));
        return false;
    }
    take_unreadable(job->batch, payload.error().message);
    commit({job});
    return false;
}

bool Pipeline::check_records(const std::shared_ptr<Job>& job) {
    switch (job->batch.header.lane) {
        case wire::Lane::fact:
            if (const auto checked = check_against_keys(*job); !checked) {
                give_up(job, checked.error());
                return false;
            }
            break;
        case wire::Lane::track:
            check_tracks(job->batch);
            break;
        case wire::Lane::blob:
            check_chunks(job->batch);
            break;
    }
    return true;
}

// A signature that does not fit may be of a key that another instance has let in since.
core::Status Pipeline::check_against_keys(Job& job) {
    if (check_facts(job.batch, job.device->keys)) return {};
    const auto anew = parts_.keys.find_anew(job.batch.device);
    if (!anew) return anew.error();
    if (*anew) check_facts(job.batch, (*anew)->keys);
    return {};
}

// Those of one epoch share a unit; one that is under suspicion goes alone.
void Pipeline::commit_in_groups(const Jobs& jobs) {
    Jobs group;
    for (const auto& job : jobs) {
        const auto flight = job->flight();
        const bool alone = parts_.attempts.suspects(flight);
        if (!group.empty() && (alone || group.front()->batch.header.epoch != flight.epoch))
            commit(std::exchange(group, {}));
        if (alone) {
            commit({job});
        } else {
            group.push_back(job);
        }
    }
    if (!group.empty()) commit(group);
}

void Pipeline::commit(const Jobs& jobs) {
    const auto unit = [jobs](sql::Tx& tx) -> core::Result<std::vector<Taken>> {
        const auto& first = *jobs.front();
        switch (first.batch.header.lane) {
            case wire::Lane::fact:
                return std::vector{take_facts(tx, first.batch, first.care)};
            case wire::Lane::track: {
                std::vector<const Batch*> batches;
                for (const auto& job : jobs) batches.push_back(&job->batch);
                return take_tracks(tx, batches);
            }
            case wire::Lane::blob:
                return std::vector{take_chunks(tx, first.batch)};
        }
        return core::invalid("a lane that does not exist");
    };
    const auto ended = [this, jobs](const core::Result<std::vector<Taken>>& taken) {
        for (std::size_t i = 0; i < jobs.size(); ++i) {
            if (taken) {
                committed(jobs[i], (*taken)[i]);
            } else if (jobs.size() > 1 && !is_engine(taken.error())) {
                parts_.counts.careful.add();
                commit({jobs[i]});  // one of them cannot be taken: which?
            } else {
                not_committed(jobs[i], taken.error());
            }
        }
    };
    try {
        parts_.desk.run<std::vector<Taken>>(unit, ended);
    } catch (const std::exception& error) {
        for (const auto& job : jobs) give_up(job, core::internal(error.what()));  // or its line would wait for ever
    }
}

void Pipeline::refuse(const std::shared_ptr<Job>& job, wire::RefusedReason reason) {
    const auto unit = [job, reason](sql::Tx& tx) -> core::Result<Taken> {
        return ingest::refuse(tx, job->batch, reason);
    };
    parts_.desk.run<Taken>(unit, [this, job](const core::Result<Taken>& taken) {
        if (taken) {
            committed(job, *taken);
        } else {
            job->end(Outcome::deferred);
        }
    });
}

void Pipeline::committed(const std::shared_ptr<Job>& job, const Taken& taken) {
    const auto& batch = job->batch;
    if (taken.keys_changed || taken.gone) parts_.keys.forget(batch.device);
    if (taken.gone) {
        parts_.gate.kick(batch.device);
    } else {
        parts_.acks.note(batch.device, batch.header.lane, batch.header.epoch, taken);
    }
    // Asked again: the device may have changed hands while the batch was on its way.
    const auto device = parts_.keys.find(batch.device);
    const auto& carrier = device && *device ? (*device)->courier : job->device->courier;
    parts_.positions.tell(batch.device, carrier, taken.news, batch.frame.received);
    for (const auto& told : taken.news.views) parts_.views.changed(told);
    parts_.counts.quarantined.add(taken.quarantined);
    if (batch.header.lane == wire::Lane::fact) parts_.counts.facts.add(taken.fresh);
    if (batch.header.lane == wire::Lane::track) parts_.counts.blocks.add(taken.fresh);
    if (!taken.refused && parts_.attempts.passed(job->flight()))
        parts_.desk.run([row = attempt_row(job->flight())](sql::Tx& tx) { store::forget_attempt(tx, row); });
    job->end(taken.outcome);
}

// No ack. The engine failed or its word is unknown: the batch comes again. The batch itself failed: once more record by
// record, and if that fails too it is counted as a try.
void Pipeline::not_committed(const std::shared_ptr<Job>& job, const core::Error& error) {
    if (!is_engine(error) && job->care == Care::together && !job->batch.facts.empty()) {
        job->care = Care::one_by_one;
        parts_.counts.careful.add();
        commit({job});
        return;
    }
    give_up(job, error);
}

void Pipeline::give_up(const std::shared_ptr<Job>& job, const core::Error& error) {
    parts_.counts.not_durable.add();
    runtime::log_warning("a batch was not taken", {{"device", job->batch.device.text()}, {"reason", error.message}});
    if (!is_engine(error)) {
        parts_.attempts.failed(job->flight());
        parts_.desk.run([row = attempt_row(job->flight())](sql::Tx& tx) { store::count_attempt(tx, row); });
    }
    job->end(Outcome::deferred);
}

bool Pipeline::may_quarantine(const core::DeviceId& device, core::TimeUs now) {
    constexpr int frames_an_hour = 20;
    constexpr std::size_t devices = 10'000;
    const std::lock_guard guard(lock_);
    if (quarantined_.size() > devices) quarantined_.clear();
    auto& [since, count] = quarantined_[device];
    if (now - since > std::chrono::hours{1}) {
        since = now;
        count = 0;
    }
    return ++count <= frames_an_hour;
}

void Pipeline::quarantine_frame(const std::shared_ptr<Job>& job, const std::string& reason) {
    const auto& frame = job->batch.frame;
    if (!may_quarantine(job->batch.device, frame.received)) {
        job->end(Outcome::refused);
        return;
    }
    const auto unit = [job, reason](sql::Tx& tx) -> core::Result<bool> {
        const auto& kept = job->batch.frame;
        store::quarantine(
            tx, {job->batch.device, kept.topic, std::nullopt, std::nullopt, reason, kept.payload, kept.received});
        return true;
    };
    parts_.desk.run<bool>(
        unit, [job](const core::Result<bool>& kept) { job->end(kept ? Outcome::quarantined : Outcome::deferred); });
}

}  // namespace plus7::central::ingest
