-- The operator checks at once, since the spec has changed.
obj.spec.suspend = false
return obj
