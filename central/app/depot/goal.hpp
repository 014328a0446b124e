// Where a parcel at a depot goes next (app/dispatch/goal), by the names that the rules of the floor use. Values and
// reads inside the caller's transaction.
#pragma once
#include "central/app/dispatch/goal.hpp"

namespace plus7::central::app::depot {

using dispatch::Fit;
using dispatch::Goal;
using dispatch::goal_from;
using dispatch::goal_kind_from;
using dispatch::GoalKind;
using dispatch::key_of;
using dispatch::name_of;
using dispatch::Ways;

}  // namespace plus7::central::app::depot
