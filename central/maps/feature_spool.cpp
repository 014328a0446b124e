#include "central/maps/feature_spool.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <iterator>
#include <protozero/varint.hpp>
#include <stdexcept>
#include <system_error>

namespace plus7::central::maps {
namespace {

constexpr std::size_t flush_bytes = 1 << 20;

[[noreturn]] void fail(const char* what) { throw std::system_error(errno, std::generic_category(), what); }

void put(std::string& out, std::uint64_t value) { protozero::write_varint(std::back_inserter(out), value); }
void put_signed(std::string& out, std::int64_t value) { put(out, protozero::encode_zigzag64(value)); }

void put_attribute(std::string& out, const Attribute& attribute) {
    put(out, static_cast<std::uint64_t>(attribute.key));
    put(out, attribute.value.index());
    if (const auto* text = std::get_if<std::string>(&attribute.value)) {
        put(out, text->size());
        out += *text;
    } else if (const auto* number = std::get_if<std::int64_t>(&attribute.value)) {
        put_signed(out, *number);
    } else {
        put(out, std::get<bool>(attribute.value) ? 1 : 0);
    }
}

class Reader {
  public:
    Reader(const char* at, const char* end) : at_(at), end_(end) {}

    std::uint64_t number() { return protozero::decode_varint(&at_, end_); }
    std::int64_t signed_number() { return protozero::decode_zigzag64(number()); }
    Attribute attribute() {
        Attribute result;
        result.key = static_cast<Key>(number());
        switch (number()) {
            case 0:
                result.value = text();
                break;
            case 1:
                result.value = signed_number();
                break;
            default:
                result.value = number() != 0;
                break;
        }
        return result;
    }

  private:
    std::string text() {
        const std::size_t size = number();
        if (size > static_cast<std::size_t>(end_ - at_))
            throw std::logic_error("feature spool: text runs past the end");
        std::string result(at_, size);
        at_ += size;
        return result;
    }
    const char* at_;
    const char* end_;
};

}  // namespace

FeatureSpool::FeatureSpool(const std::string& folder) {
    std::string name = folder + "/.map-import-XXXXXX";
    file_ = ::mkstemp(name.data());
    if (file_ < 0) fail("cannot make a temporary file beside the map");
    ::unlink(name.c_str());
}

FeatureSpool::~FeatureSpool() {
    if (mapped_) ::munmap(const_cast<char*>(mapped_), written_);
    if (file_ >= 0) ::close(file_);
}

std::uint64_t FeatureSpool::append(const Feature& feature) {
    const std::uint64_t offset = written_ + buffer_.size();
    put(buffer_, static_cast<std::uint64_t>(feature.layer));
    put(buffer_, static_cast<std::uint64_t>(feature.shape));
    put(buffer_, feature.min_zoom);
    put_signed(buffer_, feature.rank);
    put(buffer_, feature.attributes.size());
    for (const Attribute& attribute : feature.attributes) put_attribute(buffer_, attribute);
    put(buffer_, feature.parts.size());
    Point cursor;
    for (const Line& part : feature.parts) {
        put(buffer_, part.size());
        for (const Point point : part) {
            put_signed(buffer_, static_cast<std::int64_t>(point.x) - cursor.x);
            put_signed(buffer_, static_cast<std::int64_t>(point.y) - cursor.y);
            cursor = point;
        }
    }
    if (buffer_.size() >= flush_bytes) flush();
    return offset;
}

void FeatureSpool::flush() {
    std::size_t done = 0;
    while (done < buffer_.size()) {
        const auto count = ::write(file_, buffer_.data() + done, buffer_.size() - done);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) fail("cannot write the temporary file beside the map");
        done += static_cast<std::size_t>(count);
    }
    written_ += buffer_.size();
    buffer_.clear();
}

void FeatureSpool::seal() {
    flush();
    buffer_.shrink_to_fit();
    if (written_ == 0) return;
    void* mapped = ::mmap(nullptr, written_, PROT_READ, MAP_SHARED, file_, 0);
    if (mapped == MAP_FAILED) fail("cannot map the temporary file beside the map");
    mapped_ = static_cast<const char*>(mapped);
}

Feature FeatureSpool::at(std::uint64_t offset) const {
    if (!mapped_ || offset >= written_) throw std::logic_error("feature spool: no such feature");
    Reader in{mapped_ + offset, mapped_ + written_};
    Feature feature;
    feature.layer = static_cast<Layer>(in.number());
    feature.shape = static_cast<Shape>(in.number());
    feature.min_zoom = static_cast<std::uint8_t>(in.number());
    feature.rank = static_cast<std::int32_t>(in.signed_number());
    feature.attributes.resize(in.number());
    for (Attribute& attribute : feature.attributes) attribute = in.attribute();
    feature.parts.resize(in.number());
    Point cursor;
    for (Line& part : feature.parts) {
        part.resize(in.number());
        for (Point& point : part) {
            cursor.x += static_cast<std::int32_t>(in.signed_number());
            cursor.y += static_cast<std::int32_t>(in.signed_number());
            point = cursor;
        }
    }
    return feature;
}

}  // namespace plus7::central::maps
