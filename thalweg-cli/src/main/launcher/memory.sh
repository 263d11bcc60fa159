# How glibc keeps freed memory; read by every launcher with '.'. By default it hands memory back at the end of a training step
# and asks for it again in the next one: with it kept, a step of conv2fc1 or vgg16-quarter takes an eighth less. Other systems
# do not look at these.
export MALLOC_MMAP_THRESHOLD_="${MALLOC_MMAP_THRESHOLD_:-33554432}" # the most that every glibc accepts
export MALLOC_TRIM_THRESHOLD_="${MALLOC_TRIM_THRESHOLD_:-536870912}"
export MALLOC_TOP_PAD_="${MALLOC_TOP_PAD_:-67108864}"
