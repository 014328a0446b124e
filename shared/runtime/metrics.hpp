// Counters, gauges and histograms, rendered in the Prometheus text format. Updates are lock-free from any thread;
// making a metric takes a lock, so keep the reference. The registry lives as long as the process's composition root.
// Own code because prometheus-cpp-core brings a second registry model with its own label maps per sample and is not
// available for cross builds beside the native one (facts/stack.md 4): the agent would pay for what it does not use.
#pragma once
#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace plus7::runtime {

class Counter {
  public:
    void add(std::uint64_t amount = 1) { value_.fetch_add(amount, std::memory_order_relaxed); }
    std::uint64_t value() const { return value_.load(std::memory_order_relaxed); }

  private:
    std::atomic<std::uint64_t> value_{0};
};

class Gauge {
  public:
    void set(double value) { value_.store(value, std::memory_order_relaxed); }
    void add(double amount) { value_.fetch_add(amount, std::memory_order_relaxed); }
    double value() const { return value_.load(std::memory_order_relaxed); }

  private:
    std::atomic<double> value_{0};
};

// Counts values by fixed upper bounds (inclusive), ascending; what is above the last lands in +Inf.
class Histogram {
  public:
    explicit Histogram(std::vector<double> bounds);
    void observe(double value);
    std::uint64_t count() const;
    double sum() const { return sum_.load(std::memory_order_relaxed); }
    const std::vector<double>& bounds() const { return bounds_; }
    std::vector<std::uint64_t> cumulative() const;  // one per bound, then +Inf

  private:
    std::vector<double> bounds_;
    std::unique_ptr<std::atomic<std::uint64_t>[]> buckets_;
    std::atomic<double> sum_{0};
};

class Metrics {
  public:
    using Labels = std::map<std::string, std::string>;

    Metrics();
    ~Metrics();
    Metrics(const Metrics&) = delete;
    Metrics& operator=(const Metrics&) = delete;

    // The metric of that name and those labels, made at the first call; the reference is valid as long as the registry.
    // Names follow Prometheus ([a-zA-Z_:][a-zA-Z0-9_:]*, base units, counters end in _total). A bad name, or a name
    // used before for another kind, throws std::logic_error: a bug.
    Counter& counter(const std::string& name, const std::string& help, const Labels& labels = {});
    Gauge& gauge(const std::string& name, const std::string& help, const Labels& labels = {});
    Histogram& histogram(const std::string& name, const std::string& help, const std::vector<double>& bounds,
                         const Labels& labels = {});
    // A gauge that is read when the page is rendered; `read` must be callable from any thread until the registry ends.
    void gauge_from(const std::string& name, const std::string& help, std::function<double()> read);

    std::string render() const;  // text/plain; version=0.0.4

  private:
    struct Family;
    Family& family(const std::string& name, const std::string& help, const char* type);
    mutable std::mutex lock_;
    std::map<std::string, std::unique_ptr<Family>> families_;
};

}  // namespace plus7::runtime
