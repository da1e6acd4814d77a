// Boost.JSON, compiled here once: the vectors are JSON, and only the tests read them.
#include <boost/json/src.hpp>
