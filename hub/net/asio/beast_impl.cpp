// Beast's own code, compiled once for the whole hub (BOOST_BEAST_SEPARATE_COMPILATION). Nothing of ours belongs here.
#include <boost/beast/src.hpp>
