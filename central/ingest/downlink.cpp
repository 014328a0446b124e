#include "central/ingest/downlink.hpp"

#include "shared/wire/topics.hpp"

namespace plus7::central::ingest {
namespace {

wire::TopicKind kind_of(wire::DownType type) {
    switch (type) {
        case wire::DownType::welcome:
            return wire::TopicKind::welcome;
        case wire::DownType::ack:
            return wire::TopicKind::ack;
        case wire::DownType::view:
            return wire::TopicKind::view;
    }
    throw std::logic_error("a down message of no type");
}

}  // namespace

void Downlink::send(const core::DeviceId& device, wire::DownType type, core::ByteView body) const {
    const auto& row = wire::row_of(kind_of(type));
    mqtt::Publication publication;
    publication.topic = wire::topic_name(device, row.kind);
    publication.payload = wire::seal_down(type, device, server_gen_, body, key_);
    publication.qos = row.qos == 0 ? mqtt::Qos::at_most_once : mqtt::Qos::at_least_once;
    publication.retain = row.retained;
    publication.expiry = std::chrono::seconds{row.expiry_s};
    publish_(std::move(publication));
}

}  // namespace plus7::central::ingest
