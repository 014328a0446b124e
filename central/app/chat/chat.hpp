// The talk between the office and a courier: what is written, what the handheld has, what was read. Synchronous, inside
// the caller's transaction; after the commit the devices named are to be told (DeviceChanges), and consoles (LiveHub).
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "central/store/chat_store.hpp"
#include "shared/core/ids.hpp"
#include "shared/core/result.hpp"
#include "shared/core/tx.hpp"

namespace plus7::central::app::chat {

// A handheld has the last so many messages, of so many days.
inline constexpr int kept_messages = 50;
inline constexpr std::chrono::hours kept_for{7 * 24};

inline constexpr std::string_view no_order = "no such order";

// What changed, once the transaction is durable.
struct Told {
    std::string courier;
    std::optional<core::DeviceId> device;  // whose view changed
};

struct Written {
    std::string staff;
    std::string courier;
    std::string text;  // 1 – 2000 characters
    std::optional<std::string> order;
};
struct Sent {
    store::ChatMessageRow message;
    Told told;
};
// not_found: no such courier; invalid: no_order.
core::Result<Sent> send(core::Tx& tx, const Written& written, core::TimeUs now);

// The text of a courier's message, or why it is not there.
struct Text {
    store::ChatText state = store::ChatText::coming;
    std::optional<std::string> text{};
};
// A courier's fact. Nothing: no such courier, or it stands there already.
struct Received {
    std::string id;  // of the event, as UUID text
    std::string courier;
    core::Hash blob;
    std::optional<std::string> order;
    core::TimeUs at{}, received{};
};
std::optional<Told> receive(core::Tx& tx, const Received& fact, const Text& text);
// Of every message whose text that blob is and which does not have it.
std::vector<Told> settle_text(core::Tx& tx, const core::Hash& blob, const Text& text, core::TimeUs now);
bool waits_for(core::Tx& tx, const core::Hash& blob);

// By the courier: the dispatchers' messages up to this one. Nothing: nothing changed.
std::optional<Told> read_by_courier(core::Tx& tx, const std::string& courier, const std::string& upto, core::TimeUs at,
                                    core::TimeUs now);
// By the office: the courier's messages up to this one. not_found: no such message of this courier.
core::Result<std::optional<Told>> read_by_office(core::Tx& tx, const std::string& courier, const std::string& upto,
                                                 core::TimeUs now);

// The handheld has its view up to that version. Nothing: no message came with it.
std::optional<std::string> reached(core::Tx& tx, const core::DeviceId& device, std::uint64_t version, core::TimeUs now);

// The rows of whoever carries the device now; another courier's talk leaves it. Without the time its days are counted
// from the newest message. True: the view changed.
bool retell_device(core::Tx& tx, const core::DeviceId& device, std::optional<core::TimeUs> now = {});
// What has grown too old leaves the device; when it greets.
void forget_old(core::Tx& tx, const core::DeviceId& device, core::TimeUs now);

}  // namespace plus7::central::app::chat
