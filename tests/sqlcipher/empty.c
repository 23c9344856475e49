/* SPDX-License-Identifier: BSL-1.0 */
/* A shared library has a source. */
extern int mica_has_no_code_here;
