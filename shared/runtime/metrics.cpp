#include "shared/runtime/metrics.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <stdexcept>

namespace plus7::runtime {
namespace {

std::string number(double value) {
    if (std::isnan(value)) return "NaN";
    if (std::isinf(value)) return value > 0 ? "+Inf" : "-Inf";
    std::array<char, 40> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
    return {text.data(), end};
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

void check_name(const std::string& name) {
    const bool good = !name.empty() && is_letter(name.front()) &&
                      std::all_of(name.begin(), name.end(), [](char c) { return is_letter(c) || is_digit(c); });
    if (!good) throw std::logic_error("bad metric or label name '" + name + "'");
}

std::string escape(std::string_view text, bool quotes_too) {
    std::string out;
    for (const char c : text) {
        if (c == '\\') {
            out += "\\\\";
        } else if (c == '\n') {
            out += "\\n";
        } else if (c == '"' && quotes_too) {
            out += "\\\"";
        } else {
            out += c;
        }
    }
    return out;
}

// key="value",… without braces
std::string render_labels(const Metrics::Labels& labels) {
    std::string out;
    for (const auto& [key, value] : labels) {
        check_name(key);
        if (!out.empty()) out += ',';
        out += key + "=\"" + escape(value, true) + '"';
    }
    return out;
}

std::string braced(const std::string& labels) { return labels.empty() ? "" : "{" + labels + "}"; }

}  // namespace

Histogram::Histogram(std::vector<double> bounds)
    : bounds_(std::move(bounds)), buckets_(std::make_unique<std::atomic<std::uint64_t>[]>(bounds_.size() + 1)) {
    if (!std::is_sorted(bounds_.begin(), bounds_.end())) throw std::logic_error("histogram bounds must ascend");
}

void Histogram::observe(double value) {
    const auto bucket = std::lower_bound(bounds_.begin(), bounds_.end(), value) - bounds_.begin();
    buckets_[static_cast<std::size_t>(bucket)].fetch_add(1, std::memory_order_relaxed);
    sum_.fetch_add(value, std::memory_order_relaxed);
}

std::vector<std::uint64_t> Histogram::cumulative() const {
    std::vector<std::uint64_t> counts(bounds_.size() + 1);
    std::uint64_t total = 0;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        total += buckets_[i].load(std::memory_order_relaxed);
        counts[i] = total;
    }
    return counts;
}

std::uint64_t Histogram::count() const { return cumulative().back(); }

struct Metrics::Family {
    std::string help;
    std::string type;
    std::map<std::string, std::unique_ptr<Counter>> counters;
    std::map<std::string, std::unique_ptr<Gauge>> gauges;
    std::map<std::string, std::unique_ptr<Histogram>> histograms;
    std::function<double()> read;

    void render(std::string& out, const std::string& name) const {
        out += "# HELP " + name + ' ' + escape(help, false) + "\n# TYPE " + name + ' ' + type + '\n';
        for (const auto& [labels, metric] : counters) {
            out += name + braced(labels) + ' ' + std::to_string(metric->value()) + '\n';
        }
        for (const auto& [labels, metric] : gauges) out += name + braced(labels) + ' ' + number(metric->value()) + '\n';
        for (const auto& [labels, metric] : histograms) render(out, name, labels, *metric);
        if (read) out += name + ' ' + number(read()) + '\n';
    }

    static void render(std::string& out, const std::string& name, const std::string& labels, const Histogram& metric) {
        const auto counts = metric.cumulative();
        const auto prefix = name + "_bucket{" + labels + (labels.empty() ? "" : ",") + "le=\"";
        for (std::size_t i = 0; i < counts.size(); ++i) {
            const auto bound = i < metric.bounds().size() ? number(metric.bounds()[i]) : "+Inf";
            out += prefix + bound + "\"} " + std::to_string(counts[i]) + '\n';
        }
        out += name + "_sum" + braced(labels) + ' ' + number(metric.sum()) + '\n';
        out += name + "_count" + braced(labels) + ' ' + std::to_string(counts.back()) + '\n';
    }
};

Metrics::Metrics() = default;
Metrics::~Metrics() = default;

Metrics::Family& Metrics::family(const std::string& name, const std::string& help, const char* type) {
    check_name(name);
    auto& slot = families_[name];
    if (!slot) {
        slot = std::make_unique<Family>();
        slot->help = help;
        slot->type = type;
    }
    if (slot->type != type) throw std::logic_error("metric " + name + " is a " + slot->type + " already");
    return *slot;
}

Counter& Metrics::counter(const std::string& name, const std::string& help, const Labels& labels) {
    const std::lock_guard guard(lock_);
    auto& slot = family(name, help, "counter").counters[render_labels(labels)];
    if (!slot) slot = std::make_unique<Counter>();
    return *slot;
}

Gauge& Metrics::gauge(const std::string& name, const std::string& help, const Labels& labels) {
    const std::lock_guard guard(lock_);
    auto& slot = family(name, help, "gauge").gauges[render_labels(labels)];
    if (!slot) slot = std::make_unique<Gauge>();
    return *slot;
}

Histogram& Metrics::histogram(const std::string& name, const std::string& help, const std::vector<double>& bounds,
                              const Labels& labels) {
    const std::lock_guard guard(lock_);
    auto& slot = family(name, help, "histogram").histograms[render_labels(labels)];
    if (!slot) slot = std::make_unique<Histogram>(bounds);
    return *slot;
}

void Metrics::gauge_from(const std::string& name, const std::string& help, std::function<double()> read) {
    const std::lock_guard guard(lock_);
    family(name, help, "gauge").read = std::move(read);
}

std::string Metrics::render() const {
    const std::lock_guard guard(lock_);
    std::string out;
    for (const auto& [name, metrics] : families_) metrics->render(out, name);
    return out;
}

}  // namespace plus7::runtime
