# Templates and static files are files in the tree and bytes in the binary.
add_library(dreams_templates INTERFACE)
