// Batches of the three durable lanes: from the bytes to the durable commit and the ack. The steps stand in order at the
// top of pipeline.cpp. One batch of a device at a time, or several of its track lane; different devices on different
// workers.
#pragma once
#include "central/ingest/parts.hpp"
#include "central/ingest/units.hpp"

namespace plus7::central::ingest {

class Pipeline {
  public:
    explicit Pipeline(Parts& parts) : parts_(parts) {}

    // On a worker. More than one frame only of the track lane: they share transactions, and none suffers for another.
    // `done` comes for each frame after the commit, when the ack waits in the AckBox.
    void take(std::vector<Frame> frames, const wire::Topic& topic, const Done& done);

  private:
    struct Job;
    using Jobs = std::vector<std::shared_ptr<Job>>;
    using Step = bool (Pipeline::*)(const std::shared_ptr<Job>&);  // false: the job has found its end

    bool passes(const std::shared_ptr<Job>& job);
    bool read_header(const std::shared_ptr<Job>& job);
    bool know_device(const std::shared_ptr<Job>& job);
    bool weigh_attempts(const std::shared_ptr<Job>& job);
    bool read_payload(const std::shared_ptr<Job>& job);
    bool check_records(const std::shared_ptr<Job>& job);
    void commit_in_groups(const Jobs& jobs);
    void commit(const Jobs& jobs);

    core::Status check_against_keys(Job& job);
    void refuse(const std::shared_ptr<Job>& job, wire::RefusedReason reason);
    void quarantine_frame(const std::shared_ptr<Job>& job, const std::string& reason);
    void committed(const std::shared_ptr<Job>& job, const Taken& taken);
    void not_committed(const std::shared_ptr<Job>& job, const core::Error& error);
    void give_up(const std::shared_ptr<Job>& job, const core::Error& error);
    bool may_quarantine(const core::DeviceId& device, core::TimeUs now);

    Parts& parts_;
    std::mutex lock_;
    std::map<core::DeviceId, std::pair<core::TimeUs, int>> quarantined_;  // frames of the hour
};

}  // namespace plus7::central::ingest
