// What handhelds bring to the talk between couriers and dispatchers: a fact names a message's text by its hash, the
// text comes on the blob lane, before or after it. In a unit; devices and couriers to be told of it are added to
// `news`.
#pragma once
#include "central/app/field/field_event.hpp"
#include "central/ingest/batch.hpp"
#include "shared/core/tx.hpp"

namespace plus7::central::ingest {

// Nothing for facts of other types. After apply() has written the act, whose true time it takes.
void apply_to_chat(core::Tx& tx, const app::field::FieldEvent& event, FieldNews& news);

// A blob is whole. What is no text is a case, when a message waits for it.
void take_chat_text(core::Tx& tx, const Batch& batch, const core::Hash& sha, core::ByteView blob, FieldNews& news);
// It never comes.
void lose_chat_text(core::Tx& tx, const core::Hash& sha, core::TimeUs now, FieldNews& news);

}  // namespace plus7::central::ingest
