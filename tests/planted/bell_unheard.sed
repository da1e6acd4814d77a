# The bell rings, and nobody asks who is left without an adult.
s/void operator()(const BellRang&) { everybody = true; }/void operator()(const BellRang\&) {}/
