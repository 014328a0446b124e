// Orders that a sender's own system makes: his number stands for one order, however often it is sent. Inside the
// caller's transaction.
#pragma once
#include "central/app/orders/orders.hpp"

namespace plus7::central::app::orders {

struct Placed {
    std::string order;  // UUID text
    bool is_new = true;
};

// As create(); with an outer number that the sender has used before: the order of then when it asks for the same, else
// conflict. An order entered by hand or by a file with this number is a conflict too. invalid, beginning with "place":
// it lies in no zone, or nobody knows whether it does.
core::Result<Placed> place(core::Tx& tx, const custody::Acting& who, const NewOrder& order, const Prepared& prepared);

}  // namespace plus7::central::app::orders
