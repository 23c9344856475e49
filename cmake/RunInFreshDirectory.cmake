# SPDX-License-Identifier: BSL-1.0
# cmake -DPROGRAM= -DDIRECTORY= -P RunInFreshDirectory.cmake: what the program leaves on disk never reaches its next run.
file(REMOVE_RECURSE "${DIRECTORY}")
file(MAKE_DIRECTORY "${DIRECTORY}")
execute_process(COMMAND "${PROGRAM}" WORKING_DIRECTORY "${DIRECTORY}" RESULT_VARIABLE status)
if(NOT status EQUAL 0)
    message(FATAL_ERROR "${PROGRAM} ended with: ${status}")
endif()
